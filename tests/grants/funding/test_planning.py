import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.access import Refused
from grants.funding import operations
from grants.funding.figures import years_of
from grants.programmes.states import Role
from tests.factories import make_envelope, make_staff

pytestmark = pytest.mark.django_db
THIS_YEAR = timezone.localdate().year


@pytest.fixture
def envelope(programme):
    return make_envelope(programme, endowed=1_000, payable=50)


@pytest.fixture
def commitment(envelope, manager):
    return operations.commit(envelope, 100, reason="AP1", actor=manager)


def test_a_schedule_is_set_beside_the_credits_of_each_year(envelope, commitment, manager):
    operations.plan(commitment, {THIS_YEAR: 30, THIS_YEAR + 1: 70, THIS_YEAR + 2: 0}, actor=manager)

    found = [(year.year, year.opened, year.planned, year.missing) for year in years_of(envelope)]
    assert found == [(THIS_YEAR, 50, 30, 0), (THIS_YEAR + 1, 0, 70, 70)]


def test_a_schedule_is_written_anew(commitment, manager):
    operations.plan(commitment, {THIS_YEAR: 100}, actor=manager)
    operations.plan(commitment, {THIS_YEAR + 1: 100}, actor=manager)

    assert list(commitment.planned.values_list("year", "amount")) == [(THIS_YEAR + 1, 100)]


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        ({THIS_YEAR: 99}, "L’échéancier fait 99\u202f€"),
        ({}, "L’échéancier fait 0\u202f€"),
        ({THIS_YEAR - 1: 100}, "Rien ne se paie avant"),
        ({THIS_YEAR: 105, THIS_YEAR + 1: -5}, "supérieur à zéro"),
        ({THIS_YEAR: 20, THIS_YEAR + 1: 80}, "40\u202f€ sont déjà payés"),
    ],
)
def test_an_odd_schedule_is_explained(commitment, manager, finance, amounts, told):
    operations.pay(commitment, 40, reason="Avance", actor=finance)

    with pytest.raises(Refused, match=told):
        operations.plan(commitment, amounts, actor=manager)
    assert not commitment.planned.exists()


def test_schedules_are_for_managers_and_finance(programme, commitment, finance):
    operations.plan(commitment, {THIS_YEAR: 100}, actor=finance)
    officer = make_staff(programme, Role.OFFICER)

    with pytest.raises(PermissionDenied):
        operations.plan(commitment, {THIS_YEAR: 100}, actor=officer)
