from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.access import Refused
from accounts.organisations.models import Membership
from grants.dossiers.models import Dossier
from grants.dossiers.operations import begin, withdraw
from tests.factories import join, make_call, make_organisation, make_user
from tests.grants.dossiers.complete import make_draft, make_standard_call

pytestmark = pytest.mark.django_db


def test_first_dossier_of_a_call_is_number_one_and_prefilled():
    dossier = make_draft()

    assert (dossier.number, dossier.state, dossier.department) == (1, "draft", "31")
    assert dossier.answers.get().value == "31"


def test_second_time_the_same_dossier_is_found():
    dossier = make_draft()

    again = begin(dossier.call, organisation=dossier.organisation, actor=dossier.author)

    assert (again, Dossier.objects.count()) == (dossier, 1)


def test_each_company_gets_the_next_number():
    call = make_standard_call()

    assert [make_draft(call=call).number for _n in range(3)] == [1, 2, 3]


def test_after_a_withdrawal_the_company_may_begin_again():
    dossier = make_draft()
    withdraw(dossier, actor=dossier.author)

    again = begin(dossier.call, organisation=dossier.organisation, actor=dossier.author)

    assert (again.number, again.state) == (2, "draft")


@pytest.mark.parametrize(("opens", "closes"), [(1, 2), (-2, -1)])
def test_call_that_is_not_open_receives_no_dossier(opens, closes):
    now = timezone.now()
    owner = make_user()
    company = make_organisation(owner=owner)
    call = make_call(opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes))

    with pytest.raises(Refused, match="ne reçoit pas de dossier"):
        begin(call, organisation=company, actor=owner)
    begin(call, organisation=company, actor=owner, at=call.opens_at)


def test_company_that_declared_an_odd_department_is_not_stopped():
    company = make_organisation(owner=(owner := make_user()), department="75")

    dossier = make_draft(author=owner, organisation=company)

    assert (dossier.department, dossier.answers.count()) == ("", 0)


def test_only_writers_of_the_company_begin():
    company = make_organisation()
    join(reader := make_user(), company, Membership.Role.READER)
    call = make_call()

    with pytest.raises(PermissionDenied):
        begin(call, organisation=company, actor=reader)
    with pytest.raises(PermissionDenied):
        begin(call, organisation=company, actor=make_user())
