"""Each trigger and constraint of the ledger, seen to refuse, by direct SQL."""

import pytest
from django.db import DatabaseError, connection, transaction

from grants.funding import operations
from grants.funding.models import Entry
from grants.programmes.states import Role
from tests.factories import make_envelope, make_programme, make_staff

pytestmark = pytest.mark.django_db
INSERT = """
    INSERT INTO grants_entry (envelope_id, kind, amount, reason, reference, commitment_id,
                              actor_id, at)
    VALUES (%(envelope)s, %(kind)s, %(amount)s, 'SQL', '', %(commitment)s, %(actor)s, now())
"""


@pytest.fixture
def scene():
    programme = make_programme()
    manager = make_staff(programme, Role.MANAGER)
    envelope = make_envelope(programme, endowed=1_000)
    commitment = operations.commit(envelope, 600, reason="AP1-0001", actor=manager)
    other = make_envelope(programme, endowed=1_000, name="Autre")
    return {"envelope": envelope.pk, "commitment": commitment.pk, "actor": manager.pk,
            "other": other.pk}  # fmt: skip


def insert(scene, kind, amount, *, follows=False, **overrides):
    values = {**scene, "kind": kind, "amount": amount}
    values["commitment"] = scene["commitment"] if follows else None
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, {**values, **overrides})


ACCEPTED = [
    ("endowment", 400, False),
    ("reduction", -400, False),
    ("commitment", -400, False),
    ("payment", -600, True),
    ("release", 600, True),
]
REFUSED = [
    ("commitment", "-400.01", False, "envelope_never_overcommitted"),
    ("reduction", "-400.01", False, "envelope_never_overcommitted"),
    ("payment", "-600.01", True, "envelope_never_overcommitted|within_its_commitment"),
    ("release", "600.01", True, "envelope_never_overcommitted|within_its_commitment"),
    ("repayment", "0.01", True, "envelope_never_overcommitted|within_its_commitment"),
    ("commitment", 100, False, "entry_sign_follows_kind"),
    ("endowment", -100, False, "entry_sign_follows_kind"),
    ("endowment", 0, False, "entry_sign_follows_kind"),
    ("endowment", "NaN", False, "entry_sign_follows_kind"),
    ("commitment", "NaN", False, "entry_sign_follows_kind"),
    ("payment", -100, False, "entry_follows_its_commitment"),
    ("commitment", -100, True, "entry_follows_its_commitment"),
]


@pytest.mark.parametrize(("kind", "amount", "follows"), ACCEPTED)
def test_a_right_entry_moves_the_totals(scene, kind, amount, follows):
    insert(scene, kind, amount, follows=follows)

    assert Entry.objects.filter(reason="SQL").count() == 1


@pytest.mark.parametrize(("kind", "amount", "follows", "named"), REFUSED)
def test_a_wrong_entry_is_refused(scene, kind, amount, follows, named):
    with pytest.raises(DatabaseError, match=named):
        insert(scene, kind, amount, follows=follows)


def test_a_payment_stays_in_the_envelope_of_its_commitment(scene):
    insert({**scene, "envelope": scene["other"]}, "commitment", -500)

    with pytest.raises(DatabaseError, match="within_its_commitment"):
        insert(scene, "payment", -100, follows=True, envelope=scene["other"])


def test_a_payment_follows_a_commitment_and_nothing_else(scene):
    first = Entry.objects.get(kind="endowment", envelope=scene["envelope"])

    with pytest.raises(DatabaseError, match="within_its_commitment"):
        insert(scene, "payment", -100, commitment=first.pk)


FORBIDDEN = [
    ("UPDATE grants_entry SET amount = amount * 2", "entry_append_only|Cannot update"),
    ("DELETE FROM grants_entry", "entry_append_only|Cannot delete"),
    ("UPDATE grants_envelope SET committed = 0", "envelope_totals"),
    ("UPDATE grants_envelope SET endowed = 'NaN'", "envelope_totals"),
    (
        "INSERT INTO grants_envelope (programme_id, year, name, voted_reference, endowed,"
        " committed, paid) SELECT programme_id, 2099, 'X', '', 5, 0, 0 FROM grants_envelope"
        " LIMIT 1",
        "envelope_totals",
    ),
]


@pytest.mark.parametrize(("statement", "named"), FORBIDDEN)
def test_the_ledger_is_not_rewritten(scene, statement, named):
    with pytest.raises(DatabaseError, match=named), connection.cursor() as cursor:
        cursor.execute(statement)
