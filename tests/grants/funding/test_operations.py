from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.access import Refused
from grants.funding import operations
from grants.funding.forms import ActForm
from grants.funding.models import Envelope
from grants.programmes.states import Role
from tests.factories import make_envelope, make_programme, make_staff

pytestmark = pytest.mark.django_db
ACT = {"reason": "Budget primitif", "reference": "AP-02/14 du 12/02/2026"}


@pytest.fixture
def envelope(programme):
    return make_envelope(programme, endowed=1_000_000, payable=1_000_000)


@pytest.fixture
def commitment(envelope, manager):
    return operations.commit(envelope, 100_000, reason="AP1-0001", actor=manager)


def totals(envelope):
    envelope.refresh_from_db()
    return envelope.endowed, envelope.committed, envelope.paid, envelope.left


def test_a_new_envelope_is_empty(programme, manager):
    envelope = operations.create_envelope(programme, actor=manager, year=2027, name="Start-up")

    assert totals(envelope) == (0, 0, 0, 0)


def test_the_same_envelope_twice_is_refused(programme, manager):
    operations.create_envelope(programme, actor=manager, year=2027, name="Start-up")

    with pytest.raises(Refused, match="existe déjà"):
        operations.create_envelope(programme, actor=manager, year=2027, name="Start-up")


def test_credits_are_raised_then_reduced(envelope, manager):
    operations.endow(envelope, 500_000, actor=manager, **ACT)
    operations.reduce(envelope, 200_000, actor=manager, **ACT)

    assert totals(envelope) == (1_300_000, 0, 0, 1_300_000)


def test_the_same_act_is_entered_once(envelope, manager):
    operations.endow(envelope, 500_000, actor=manager, **ACT)

    with pytest.raises(Refused, match="déjà inscrit"):
        operations.endow(envelope, 500_000, actor=manager, **ACT)
    assert totals(envelope)[0] == 1_500_000


def test_committed_credits_are_not_taken_back(envelope, manager, commitment):
    told = r"100\u202f000\u202f€ sont déjà engagés sur .* retirer au plus 900\u202f000\u202f€"
    with pytest.raises(Refused, match=told):
        operations.reduce(envelope, Decimal("900000.01"), actor=manager, **ACT)
    operations.reduce(envelope, 900_000, actor=manager, **ACT)

    assert totals(envelope) == (100_000, 100_000, 0, 0)


def test_commit_to_the_last_cent_and_no_further(envelope, manager, commitment):
    with pytest.raises(Refused, match="Il reste 900\u202f000\u202f€ sur"):
        operations.commit(envelope, Decimal("900000.01"), reason="AP1-0002", actor=manager)
    operations.commit(envelope, 900_000, reason="AP1-0002", actor=manager)

    assert totals(envelope) == (1_000_000, 1_000_000, 0, 0)


def test_release_gives_back_what_is_not_paid(envelope, manager, finance, commitment):
    operations.pay(commitment, 60_000, reason="Avance", actor=finance)

    with pytest.raises(Refused, match="Il reste 40\u202f000\u202f€ à payer"):
        operations.release(commitment, Decimal("40000.01"), reason="Solde", actor=manager)
    operations.release(commitment, 40_000, reason="Solde", actor=manager)

    assert totals(envelope) == (1_000_000, 60_000, 60_000, 940_000)


def test_pay_no_more_than_was_set_aside(envelope, finance, commitment):
    operations.pay(commitment, 60_000, reason="Avance", actor=finance)

    with pytest.raises(Refused, match="Il reste 40\u202f000\u202f€ à payer"):
        operations.pay(commitment, Decimal("40000.01"), reason="Solde", actor=finance)
    operations.pay(commitment, 40_000, reason="Solde", actor=finance)

    assert totals(envelope) == (1_000_000, 100_000, 100_000, 900_000)


def test_repay_no_more_than_was_paid(envelope, finance, commitment):
    operations.pay(commitment, 60_000, reason="Avance", actor=finance)

    with pytest.raises(Refused, match="60\u202f000\u202f€ ont été payés"):
        operations.repay(commitment, Decimal("60000.01"), reason="Trop-perçu", actor=finance)
    operations.repay(commitment, 10_000, reason="Trop-perçu", actor=finance)

    assert totals(envelope) == (1_000_000, 100_000, 50_000, 900_000)


@pytest.mark.parametrize("amount", [0, -5, "NaN", "Infinity", "0.001", "1e13", Decimal("10.005")])
def test_an_odd_amount_is_refused(envelope, manager, amount):
    with pytest.raises(Refused, match="supérieur à zéro"):
        operations.commit(envelope, amount, reason="AP1-0001", actor=manager)
    assert totals(envelope) == (1_000_000, 0, 0, 1_000_000)


def test_a_float_is_a_mistake_of_ours(envelope, manager):
    with pytest.raises(TypeError):
        operations.commit(envelope, 10.5, reason="AP1-0001", actor=manager)


def test_an_envelope_cannot_outgrow_its_column(envelope, manager):
    with pytest.raises(Refused, match="dépasse ce qu’une enveloppe"):
        operations.endow(envelope, "999999999999.99", actor=manager, **ACT)


def test_money_is_moved_by_its_own_people(envelope, manager, finance, commitment):
    with pytest.raises(PermissionDenied):
        operations.commit(envelope, 1, reason="x", actor=finance)
    with pytest.raises(PermissionDenied):
        operations.endow(envelope, 1, actor=finance, **ACT)
    with pytest.raises(PermissionDenied):
        operations.pay(commitment, 1, reason="x", actor=manager)
    with pytest.raises(PermissionDenied):
        operations.release(commitment, 1, reason="x", actor=finance)


def test_a_manager_of_another_programme_commits_nothing(envelope):
    stranger = make_staff(make_programme(), Role.MANAGER)

    with pytest.raises(PermissionDenied):
        operations.commit(envelope, 1, reason="x", actor=stranger)


def test_an_act_is_signed_under_a_number_and_a_day(envelope):
    form = ActForm(
        {
            "direction": "endow",
            "amount": "1 000",
            "act": "AP-02/14",
            "acted_on": "2026-02-12",
            "reason": "Vote",
        },
        envelope=envelope,
    )

    assert form.is_valid(), form.errors
    assert vars(form.signed) == {
        "reason": "Vote",
        "reference": "AP-02/14",
        "acted_on": date(2026, 2, 12),
    }
    assert form.year is None


def test_figures_are_the_sums_of_the_entries_behind_them(envelope, manager, finance, commitment):
    operations.pay(commitment, 60_000, reason="Avance", actor=finance)
    operations.release(commitment, 10_000, reason="Moins", actor=manager)
    operations.repay(commitment, 5_000, reason="Trop", actor=finance)
    fresh = Envelope.objects.get()

    for figure in ("endowed", "committed", "paid", "left"):
        newest = fresh.entries.for_ledger(figure).behind(figure).first()
        assert newest.running == getattr(fresh, figure)
