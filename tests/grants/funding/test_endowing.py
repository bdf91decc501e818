"""Funders, dated acts, payment credits."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.access import Refused
from grants.funding import operations
from grants.funding.models import Entry
from tests.factories import make_envelope, make_programme

pytestmark = pytest.mark.django_db
THIS_YEAR = timezone.localdate().year
ACT = {"reason": "Budget primitif", "reference": "AP-02/14"}


@pytest.fixture
def envelope(programme):
    return make_envelope(programme, endowed=0)


def credits(envelope, year=THIS_YEAR):
    return tuple(envelope.credits.filter(year=year).values_list("opened", "paid").get())


def test_several_funders_each_answer_for_what_they_brought(envelope, programme, manager):
    feder = operations.add_funder(programme, name="  FEDER ", actor=manager)
    operations.endow(envelope, 700, actor=manager, **ACT)
    operations.endow(envelope, 700, actor=manager, funder=feder, **ACT)

    with pytest.raises(Refused, match="700\u202f€ ont été apportés par «\u202fFEDER\u202f»"):
        operations.reduce(envelope, 701, actor=manager, funder=feder, **ACT)
    operations.reduce(envelope, 700, actor=manager, funder=feder, **ACT)
    with pytest.raises(Refused, match="0\u202f€ ont été apportés par «\u202fFEDER\u202f»"):
        operations.reduce(envelope, 1, actor=manager, funder=feder, **ACT)

    assert envelope.endowed == 700


def test_a_funder_is_named_once(programme, manager):
    operations.add_funder(programme, name="État", actor=manager)

    for name in ("état", programme.funder.upper()):
        with pytest.raises(Refused, match="déjà un financeur"):
            operations.add_funder(programme, name=name, actor=manager)


def test_the_funder_of_another_programme_brings_nothing(envelope, manager):
    stranger = make_programme()
    other = stranger.funders.create(name="Ailleurs")

    with pytest.raises(Refused, match="pas de ce programme"):
        operations.endow(envelope, 1, actor=manager, funder=other, **ACT)


def test_the_act_keeps_its_own_day(envelope, manager):
    day = timezone.localdate() - timedelta(days=30)

    entry = operations.endow(envelope, 700, actor=manager, acted_on=day, **ACT)

    assert Entry.objects.get(pk=entry.pk).acted_on == day


def test_an_act_of_tomorrow_or_of_long_ago_is_refused(envelope, manager):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused, match="à venir"):
        operations.endow(envelope, 1, actor=manager, acted_on=tomorrow, **ACT)
    with pytest.raises(Refused, match="avant le 1er\xa0janvier"):
        operations.endow(envelope, 1, actor=manager, acted_on=date(THIS_YEAR - 2, 12, 31), **ACT)

    # The budget of a year may be voted in December of the year before.
    operations.endow(envelope, 1, actor=manager, acted_on=date(THIS_YEAR - 1, 12, 20), **ACT)
    assert envelope.endowed == 1


def test_payment_credits_are_opened_and_cut_year_by_year(envelope, manager):
    for year in (THIS_YEAR, THIS_YEAR + 1):
        operations.open_credits(envelope, 500, year=year, actor=manager, **ACT)
    operations.close_credits(envelope, 200, year=THIS_YEAR, actor=manager, **ACT)

    assert credits(envelope) == (300, 0)
    assert credits(envelope, THIS_YEAR + 1) == (500, 0)
    assert envelope.endowed == 0


def test_payments_of_a_year_stay_within_its_credits(envelope, manager, finance):
    operations.endow(envelope, 1_000, actor=manager, **ACT)
    commitment = operations.commit(envelope, 1_000, reason="AP1", actor=manager)
    with pytest.raises(Refused, match=f"Il reste 0\u202f€ de crédits de paiement {THIS_YEAR}"):
        operations.pay(commitment, 1, reason="Avance", actor=finance)
    operations.open_credits(envelope, 300, year=THIS_YEAR, actor=manager, **ACT)
    operations.open_credits(envelope, 700, year=THIS_YEAR + 1, actor=manager, **ACT)
    operations.pay(commitment, 200, reason="Avance", actor=finance)

    with pytest.raises(Refused, match=f"Il reste 100\u202f€ de crédits de paiement {THIS_YEAR}"):
        operations.pay(commitment, Decimal("100.01"), reason="Solde", actor=finance)
    with pytest.raises(Refused, match=r"200\u202f€ sont déjà payés en .* au plus 100\u202f€"):
        operations.close_credits(envelope, 101, year=THIS_YEAR, actor=manager, **ACT)

    operations.repay(commitment, 50, reason="Trop-perçu", actor=finance)
    assert credits(envelope) == (300, 150)
    assert envelope.credits.get(year=THIS_YEAR).left == 150


def test_money_that_comes_back_restores_the_years_it_left(envelope, manager, finance):
    """60 paid last year, 40 this year: 70 given back are 40 of this year and 30 of the last."""
    operations.endow(envelope, 1_000, actor=manager, **ACT)
    commitment = operations.commit(envelope, 100, reason="AP1", actor=manager)
    for year, paid in ((THIS_YEAR - 1, 60), (THIS_YEAR, 40)):
        columns = {"envelope": envelope, "reason": "x", "actor": finance}
        Entry.objects.create(kind="opening", amount=100, payable_in=year, **columns)
        Entry.objects.create(
            kind="payment",
            amount=-paid,
            acted_on=date(year, 1, 2),
            commitment=commitment,
            **columns,
        )

    operations.repay(commitment, 70, reason="Reversement", actor=finance)

    assert credits(envelope, THIS_YEAR - 1) == (100, 30)
    assert credits(envelope) == (100, 0)
    envelope.refresh_from_db()
    assert envelope.paid == 30


@pytest.mark.parametrize("year", [THIS_YEAR - 1, 2101])
def test_credits_are_paid_from_the_year_of_the_envelope_on(envelope, manager, year):
    with pytest.raises(Refused, match="exercice de paiement va de"):
        operations.open_credits(envelope, 1, year=year, actor=manager, **ACT)


def test_credits_and_funders_are_for_managers(envelope, programme, finance):
    with pytest.raises(PermissionDenied):
        operations.open_credits(envelope, 1, year=THIS_YEAR, actor=finance, **ACT)
    with pytest.raises(PermissionDenied):
        operations.close_credits(envelope, 1, year=THIS_YEAR, actor=finance, **ACT)
    with pytest.raises(PermissionDenied):
        operations.add_funder(programme, name="État", actor=finance)
