"""Sub-envelopes and what goes on to the next year: what leaves one place enters another."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.access import Refused
from grants.funding import operations
from grants.funding.models import Entry, Envelope
from grants.funding.operations import Act
from tests.factories import make_envelope

pytestmark = pytest.mark.django_db
THIS_YEAR = timezone.localdate().year
ACT = Act(reason="Ventilation", reference="AP-03/01")


@pytest.fixture
def envelope(programme):
    return make_envelope(programme, endowed=1_000, payable=500)


@pytest.fixture
def part(envelope, manager):
    return operations.open_part(envelope, name="Santé", amount=400, act=ACT, actor=manager)


def endowed(*envelopes):
    found = Envelope.objects.in_bulk([one.pk for one in envelopes])
    return tuple(found[one.pk].endowed for one in envelopes)


def carry(envelope, manager, **given):
    return operations.carry_over(
        envelope, **{"amount": None, "credits": None, "act": ACT, "actor": manager, **given}
    )


def test_a_part_takes_its_credits_from_its_envelope(envelope, part, manager):
    operations.commit(part, 300, reason="AP1", actor=manager)

    assert endowed(envelope, part) == (600, 400)
    assert str(part) == f"Santé {THIS_YEAR}"
    assert part.left == 100


def test_a_part_is_never_more_than_what_is_free(envelope, manager):
    operations.commit(envelope, 700, reason="AP1", actor=manager)

    with pytest.raises(Refused, match="Il reste 300\u202f€ libres"):
        operations.open_part(
            envelope, name="Santé", amount=Decimal("300.01"), act=ACT, actor=manager
        )
    assert endowed(envelope) == (1_000,)
    assert not envelope.parts.exists()


def test_a_part_grows_and_gives_back_what_is_free(envelope, part, manager):
    operations.allot(part, 100, act=ACT, actor=manager)
    operations.commit(part, 450, reason="AP1", actor=manager)

    with pytest.raises(Refused, match="Il reste 50\u202f€ libres sur «\u202fSanté"):
        operations.give_back(part, 51, act=ACT, actor=manager)
    operations.give_back(part, 50, act=ACT, actor=manager)

    assert endowed(envelope, part) == (550, 450)


def test_payment_credits_go_down_and_up_as_well(envelope, part, manager):
    operations.allot(part, 200, act=ACT, actor=manager, year=THIS_YEAR)
    with pytest.raises(Refused, match=f"Il reste 300\u202f€ de CP {THIS_YEAR} libres"):
        operations.allot(part, 301, act=ACT, actor=manager, year=THIS_YEAR)
    operations.give_back(part, 50, act=ACT, actor=manager, year=THIS_YEAR)

    assert envelope.credits.get().opened == 350
    assert part.credits.get().opened == 150


def test_no_funder_endows_a_part_and_a_part_has_no_part(part, manager):
    with pytest.raises(Refused, match="reçoit ses crédits"):
        operations.endow(part, 1, reason="x", reference="y", actor=manager)
    with pytest.raises(Refused, match="ne se divise pas"):
        operations.open_part(part, name="Lozère", amount=1, act=ACT, actor=manager)


def test_a_part_of_a_known_name_is_refused(envelope, part, manager):
    with pytest.raises(Refused, match="existe déjà"):
        operations.open_part(envelope, name="Santé", amount=1, act=ACT, actor=manager)


def test_what_is_free_goes_on_to_the_next_year(envelope, manager):
    operations.commit(envelope, 700, reason="AP1", actor=manager)

    following = carry(envelope, manager, amount=300, credits=120)

    assert (following.year, following.name) == (THIS_YEAR + 1, envelope.name)
    assert endowed(envelope, following) == (700, 300)
    opened = dict(envelope.credits.values_list("year", "opened"))
    assert opened == {THIS_YEAR: 380, THIS_YEAR + 1: 120}


def test_an_act_is_carried_over_once(envelope, manager):
    carry(envelope, manager, amount=100, credits=50)

    with pytest.raises(Refused, match="déjà inscrit"):
        carry(envelope, manager, amount=100)
    with pytest.raises(Refused, match="déjà inscrit"):
        carry(envelope, manager, credits=50)

    assert endowed(envelope) == (900,)


def test_a_part_goes_on_under_the_envelope_of_the_next_year(envelope, part, manager):
    following = carry(part, manager, amount=100)

    assert (following.name, following.parent.name) == ("Santé", envelope.name)
    assert following.year == following.parent.year == THIS_YEAR + 1
    assert endowed(part, following, following.parent) == (300, 100, 0)


def test_what_was_carried_over_may_be_cut(envelope, manager):
    following = carry(envelope, manager, amount=100)

    operations.reduce(following, 40, reason="Budget", reference="BP", actor=manager)

    assert endowed(following) == (60,)


def test_half_a_carry_over_is_none(envelope, manager):
    with pytest.raises(Refused, match="CP"):
        carry(envelope, manager, amount=100, credits=501)

    assert endowed(envelope) == (1_000,)
    assert Envelope.objects.count() == 1


def test_nothing_to_carry_is_said(envelope, manager):
    with pytest.raises(Refused, match="Indiquez"):
        carry(envelope, manager)


def test_credits_are_carried_to_the_year_after_and_no_other(envelope, programme, manager):
    for year in (THIS_YEAR, THIS_YEAR + 2):
        elsewhere = make_envelope(programme, year=year, name="Autre", endowed=0)
        with pytest.raises(Refused, match="exercice suivant"):
            carry(envelope, manager, amount=1, to=elsewhere)


def test_an_act_of_tomorrow_moves_nothing(envelope, manager):
    tomorrow = Act("x", "y", timezone.localdate() + timedelta(days=1))

    with pytest.raises(Refused, match="à venir"):
        carry(envelope, manager, amount=1, act=tomorrow)


def test_moving_credits_is_for_managers(envelope, part, finance):
    with pytest.raises(PermissionDenied):
        operations.open_part(envelope, name="B", amount=1, act=ACT, actor=finance)
    with pytest.raises(PermissionDenied):
        operations.give_back(part, 1, act=ACT, actor=finance)
    with pytest.raises(PermissionDenied):
        carry(envelope, finance, amount=1)


def test_both_legs_name_each_other(envelope, part):
    given, received = Entry.objects.filter(kind__in=["given", "received"]).order_by("pk")

    assert (given.amount, received.amount) == (-400, 400)
    assert (given.credit, given.debit) == ("available", "transfers")
    assert (received.credit, received.debit) == ("transfers", "available")
    assert (given.other_place, received.other_place) == (f"→ {part}", f"← {envelope}")
