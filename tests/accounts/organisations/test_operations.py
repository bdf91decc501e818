import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from accounts.access import Refused
from accounts.organisations import operations
from accounts.organisations.models import Membership, Organisation
from tests.factories import join, luhn_siret, make_organisation, make_user

pytestmark = pytest.mark.django_db


def test_founder_becomes_owner():
    founder = make_user()

    company = operations.found(luhn_siret(7), actor=founder, name="Algues du Lez")

    membership = company.memberships.get()
    assert (membership.user, membership.role) == (founder, Membership.Role.OWNER)


def test_company_that_has_people_is_not_taken_by_another():
    company = make_organisation(owner=make_user())

    with pytest.raises(Refused, match="déjà un responsable"):
        operations.found(company.siret, actor=make_user(), name="Pirate")

    company.refresh_from_db()
    assert company.name != "Pirate"


def test_its_own_people_find_it_again_unchanged():
    owner = make_user()
    company = make_organisation(owner=owner, name="Algues du Lez")

    again = operations.found(company.siret, actor=owner, name="Autre nom")

    assert (again, again.name, again.memberships.count()) == (company, "Algues du Lez", 1)


def test_company_left_by_everybody_is_taken_up_with_new_facts():
    company = make_organisation(owner=make_user(), name="Ancien nom")
    company.memberships.update(left_at=timezone.now())
    founder = make_user()

    again = operations.found(company.siret, actor=founder, name="Nouveau nom")

    assert (again.name, [m.user for m in again.people()]) == ("Nouveau nom", [founder])


@pytest.mark.parametrize(
    ("role", "allowed"), [("owner", True), ("writer", True), ("reader", False)]
)
def test_writers_correct_facts_and_readers_do_not(role, allowed):
    company = make_organisation(headcount=6)
    person = make_user()
    join(person, company, role)

    if allowed:
        operations.correct(company, actor=person, headcount=7)
    else:
        with pytest.raises(PermissionDenied):
            operations.correct(company, actor=person, headcount=7)

    company.refresh_from_db()
    assert company.headcount == (7 if allowed else 6)


def test_siret_is_unique_and_made_of_digits():
    company = make_organisation()

    with pytest.raises(IntegrityError, match="siret"):
        Organisation.objects.create(siret=company.siret, name="Double")


def test_siret_of_letters_is_refused_by_the_database():
    with pytest.raises(IntegrityError, match="organisation_siret_is_14_digits"):
        make_organisation(siret="7328293200007X")


def test_one_current_membership_per_person():
    owner = make_user()
    company = make_organisation(owner=owner)

    with pytest.raises(IntegrityError, match="membership_one_current_per_person"):
        join(owner, company)
