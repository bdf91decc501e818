"""The same seed tells the same story."""

import pytest
from django.db import connection, transaction

from grants.decisions.models import Decision
from grants.dossiers.models import Answer, Dossier
from grants.funding.models import Entry
from reviews.assignments.models import Assignment
from reviews.demonstration import world
from reviews.evaluations.models import Score

MINIMAL = world.Size(reviewed=2, decided=1, upcoming=1, extra=2)


@pytest.fixture
def rewind(db):
    """Puts the counters back where they were, so that two worlds may have the same numbers.

    What a process remembers by its number must not meet another row under it: after the test the
    counters stand beyond all that it took.
    """
    with connection.cursor() as cursor:
        before = counters_of(cursor)
        highest = dict(before)

        def back():
            keep_highest(highest, counters_of(cursor))
            set_counters(cursor, before)

        yield back
        keep_highest(highest, counters_of(cursor))
        set_counters(cursor, highest)


def counters_of(cursor):
    cursor.execute("SELECT oid::regclass::text FROM pg_class WHERE relkind = 'S'")
    names = [name for (name,) in cursor.fetchall()]
    found = {}
    for name in names:
        cursor.execute(f"SELECT last_value, is_called FROM {name}")  # noqa: S608
        found[name] = cursor.fetchone()
    return found


def set_counters(cursor, counters):
    for name, (value, is_called) in counters.items():
        cursor.execute("SELECT setval(%s, %s, %s)", [name, value, is_called])


def keep_highest(highest, counters):
    for name, reached in counters.items():
        highest[name] = max(highest[name], reached)


def told(seed):
    """What a world says, row by row; the database is left as it was."""
    with transaction.atomic():
        world.build(seed, MINIMAL)
        rows = list(map(list, everything()))
        transaction.set_rollback(True)
    return rows


def everything():
    dossiers = Dossier.objects.order_by("call__code", "number")
    yield dossiers.values_list("call__code", "number", "state", "title", "submitted_at")
    yield dossiers.values_list("requested", "eligible_base", "created_by__full_name")
    yield dossiers.values_list("organisation__siret", "organisation__headcount")
    yield Entry.objects.order_by("pk").values_list("kind", "amount", "reference", "at")
    yield Decision.objects.order_by("rank").values_list("outcome", "amount", "reserve_rank")
    yield Score.objects.order_by("pk").values_list("value", "comment")
    yield Answer.objects.order_by("pk").values_list("key", "value")
    yield Assignment.objects.order_by("pk").values_list("expert__user__email", "dossier__title")


def test_the_same_seed_gives_the_same_rows_and_another_seed_does_not(rewind):
    first = told(1)
    rewind()
    again = told(1)
    rewind()
    other = told(2)
    assert [len(rows) for rows in first] == [len(rows) for rows in again]
    assert first == again
    assert all(rows != others for rows, others in zip(first, other, strict=True))
