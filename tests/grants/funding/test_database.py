"""Each trigger and constraint of the ledger, seen to refuse, by direct SQL."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from grants.funding import operations
from grants.funding.models import Entry, Envelope
from grants.programmes.states import Role
from tests.factories import make_envelope, make_programme, make_staff

pytestmark = pytest.mark.django_db
INSERT = """
    INSERT INTO grants_entry (envelope_id, kind, amount, reason, reference, commitment_id,
                              source_id, payable_in, actor_id, at)
    VALUES (%(envelope)s, %(kind)s, %(amount)s, 'SQL', %(reference)s, %(commitment)s, %(source)s,
            %(year)s, %(actor)s, now())
    RETURNING id
"""


@pytest.fixture
def scene():
    programme = make_programme()
    manager = make_staff(programme, Role.MANAGER)
    envelope = make_envelope(programme, endowed=1_000, payable=1_000)
    commitment = operations.commit(envelope, 600, reason="AP1-0001", actor=manager)
    other = make_envelope(programme, endowed=1_000, payable=500, name="Autre")
    part = make_envelope(programme, endowed=0, name="Partie", parent=envelope)
    following = make_envelope(programme, endowed=0, name="Suite", year=envelope.year + 1)
    far = make_envelope(endowed=0, name="Loin", year=envelope.year + 1)
    return {"envelope": envelope.pk, "commitment": commitment.pk, "actor": manager.pk,
            "other": other.pk, "part": part.pk, "following": following.pk, "far": far.pk,
            "source": None, "year": None, "reference": ""}  # fmt: skip


def insert(scene, kind, amount, *, follows=False, **overrides):
    values = {**scene, "kind": kind, "amount": amount}
    values["commitment"] = scene["commitment"] if follows else None
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, {**values, **overrides})
        return cursor.fetchone()[0]


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
    ("received", 100, False, "entry_received_has_a_source"),
    ("opening", 100, False, "entry_payable_in_a_year"),
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


def credits(scene, kind, amount, **overrides):
    year = timezone.localdate().year
    return insert(scene, kind, amount, **{"year": year, **overrides})


def test_no_year_is_paid_beyond_its_credits(scene):
    credits(scene, "closing", -900)

    with pytest.raises(DatabaseError, match="payment_credit_never_overspent"):
        insert(scene, "payment", "-100.01", follows=True)
    insert(scene, "payment", -100, follows=True)
    with pytest.raises(DatabaseError, match="payment_credit_never_overspent"):
        credits(scene, "closing", "-0.01")


def test_a_payment_counts_in_the_year_of_its_day_whatever_it_says(scene):
    year = timezone.localdate().year

    made = insert(scene, "payment", -100, follows=True, year=year + 1)

    assert Entry.objects.get(pk=made).payable_in == year


def test_a_year_without_credits_pays_nothing(scene):
    with pytest.raises(DatabaseError, match="payment_credit_never_overspent: no payment"):
        credits(scene, "closing", -1, year=2099)


def test_a_part_has_no_credits_but_those_of_its_envelope(scene):
    for kind, year in (("endowment", None), ("opening", 2099)):
        with pytest.raises(DatabaseError, match="entry_from_funders"):
            insert(scene, kind, 100, envelope=scene["part"], year=year)


def give(scene, amount, to, **received):
    with transaction.atomic():
        source = insert(scene, "given", -amount)
        insert(scene, "received", amount, envelope=scene[to], source=source, **received)
        balance()


def balance():
    """What PostgreSQL does when a transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize("to", ["part", "following"])
def test_credits_go_to_a_part_or_to_the_next_year(scene, to):
    give(scene, 400, to)

    held = dict(Envelope.objects.values_list("pk", "endowed"))
    assert (held[scene["envelope"]], held[scene[to]]) == (600, 400)


@pytest.mark.parametrize("to", ["envelope", "other", "far"])
def test_credits_go_nowhere_else(scene, to):
    with pytest.raises(DatabaseError, match="entry_transfer_balances"):
        give(scene, 400, to)


def test_no_more_is_given_than_is_free(scene):
    with pytest.raises(DatabaseError, match="envelope_never_overcommitted"):
        give(scene, 401, "part")


def test_what_is_given_is_received_in_full_and_once(scene):
    given_alone = transaction.savepoint()
    insert(scene, "given", -100)
    with pytest.raises(DatabaseError, match="what is given is received"):
        balance()
    transaction.savepoint_rollback(given_alone)
    with transaction.atomic():
        source = insert(scene, "given", -100)
        with pytest.raises(DatabaseError, match="two equal legs"):
            insert(scene, "received", 99, envelope=scene["part"], source=source)
        insert(scene, "received", 100, envelope=scene["part"], source=source)
        with pytest.raises(DatabaseError, match="source_id"):
            insert(scene, "received", 100, envelope=scene["following"], source=source)
        balance()


def test_an_act_is_entered_once(scene):
    insert(scene, "endowment", 5, reference="BP")

    with pytest.raises(DatabaseError, match="entry_act_once"):
        insert(scene, "endowment", 5, reference="BP")


def test_a_part_stands_under_an_envelope_of_its_year(scene):
    parent = Envelope.objects.get(pk=scene["envelope"])
    part = Envelope.objects.get(pk=scene["part"])
    wrong = [
        {"programme": parent.programme, "year": parent.year + 1, "parent": parent},
        {"programme": make_programme(), "year": parent.year, "parent": parent},
        {"programme": parent.programme, "year": parent.year, "parent": part},
    ]

    for columns in wrong:
        with pytest.raises(DatabaseError, match="envelope_place"), transaction.atomic():
            Envelope.objects.create(name="Mal placée", **columns)
    with pytest.raises(DatabaseError, match="envelope_place"), transaction.atomic():
        Envelope.objects.filter(pk=part.pk).update(parent=None)


FORBIDDEN = [
    ("UPDATE grants_paymentcredit SET opened = opened + 1", "payment_credit_totals"),
    ("DELETE FROM grants_paymentcredit", "payment_credit_totals"),
    (
        "INSERT INTO grants_paymentcredit (envelope_id, year, opened, paid)"
        " SELECT id, 2099, 0, 0 FROM grants_envelope LIMIT 1",
        "payment_credit_totals",
    ),
    ("UPDATE grants_entry SET debit = 'available'", "debit"),
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
