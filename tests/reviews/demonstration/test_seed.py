"""The same seed tells the same story."""

from django.db import connection, transaction

from grants.decisions.models import Decision
from grants.dossiers.models import Answer, Dossier
from grants.funding.models import Entry
from reviews.assignments.models import Assignment
from reviews.demonstration import world
from reviews.evaluations.models import Score

MINIMAL = world.Size(reviewed=2, decided=1, upcoming=1, extra=2)


def told(seed):
    """What a world says, row by row; the database is left as it was, its counters too."""
    with connection.cursor() as cursor:
        counters = counters_of(cursor)
        with transaction.atomic():
            world.build(seed, MINIMAL)
            rows = list(map(list, everything()))
            transaction.set_rollback(True)
        for name, value, is_called in counters:
            cursor.execute("SELECT setval(%s, %s, %s)", [name, value, is_called])
    return rows


def counters_of(cursor):
    cursor.execute("SELECT oid::regclass::text FROM pg_class WHERE relkind = 'S'")
    names = [name for (name,) in cursor.fetchall()]
    found = []
    for name in names:
        cursor.execute(f"SELECT last_value, is_called FROM {name}")  # noqa: S608
        found.append((name, *cursor.fetchone()))
    return found


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


def test_the_same_seed_gives_the_same_rows_and_another_seed_does_not(db):
    first, again, other = told(1), told(1), told(2)
    assert [len(rows) for rows in first] == [len(rows) for rows in again]
    assert first == again
    assert all(rows != others for rows, others in zip(first, other, strict=True))
