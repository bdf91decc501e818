import pghistory
import pytest
from django.db import connection

from grants.core.planned import Planned, planned_cursor
from tests.factories import make_programme

pytestmark = pytest.mark.django_db
ASKED = "SELECT name FROM grants_programme WHERE id = %(pk)s"
KEPT = (
    "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%grants_programme%id = $1'"
)


def answer(text, values=None):
    with planned_cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchone()


def kept():
    with connection.cursor() as cursor:
        cursor.execute(KEPT)
        return cursor.fetchone()[0]


def test_a_text_asked_again_keeps_its_plan_whoever_it_is_about():
    programmes = [make_programme() for _ in range(4)]
    before = kept()

    assert [answer(ASKED, {"pk": one.pk}) for one in programmes] == [(p.name,) for p in programmes]
    assert kept() == before + 1


def test_it_is_counted_like_any_query(count_queries):
    assert count_queries(lambda: answer("SELECT 1")) == 1


def test_a_text_in_brackets_goes_without_the_context_of_the_history():
    both = "(SELECT %s::int AS n) UNION ALL (SELECT 2) ORDER BY n"

    with pghistory.context(user=1):
        assert [answer(both, [n]) for n in (0, 1, 2)] == [(0,), (1,), (2,)]


def test_everything_else_is_the_connections_own():
    assert Planned(connection).ops is connection.ops
