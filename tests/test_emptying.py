"""Between two tests that commit nothing is left, whatever guards its table."""

import pytest
from django.db import connection
from django.test import TransactionTestCase

from tests.emptying import KEPT
from tests.factories import make_evaluation


def left():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = {name for (name,) in cursor.fetchall()} - set(KEPT)
        counted = " UNION ALL ".join(
            f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})"  # noqa: S608 - our own names
            for name in sorted(names)
        )
        cursor.execute(counted)
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_guarded_rows_are_gone_and_what_migrations_made_stays():
    make_evaluation(submitted=True)
    assert {"reviews_evaluation", "reviews_scoreevent"} <= left()

    TransactionTestCase()._fixture_teardown()

    assert left() == set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) > 100 FROM django_content_type")
        assert cursor.fetchone() == (True,)
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone() == ("origin",)
