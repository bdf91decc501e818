from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.notifications.models import Notification
from accounts.organisations import operations
from accounts.organisations.models import Organisation
from accounts.organisations.tasks import check, check_waiting
from tests.accounts.organisations.register_double import SIRET, answer, company
from tests.factories import make_organisation, make_user

pytestmark = pytest.mark.django_db
FACTS = {
    "name": "Algues du Lez", "legal_form": "SAS", "registered_on": "2022-03-01",
    "city": "Montpellier", "department": "34", "headcount": 6,
}  # fmt: skip


def typed(**overrides):
    """A company typed by hand while the register was away."""
    return operations.found(SIRET, actor=make_user(), **{**FACTS, **overrides})


def after(organisation):
    return Organisation.objects.get(pk=organisation.pk)


def test_a_company_typed_by_hand_waits_for_the_register():
    organisation = after(typed())

    assert organisation.standing == "to_verify"
    assert organisation.next_check_at <= timezone.now()
    assert organisation.is_active is None


def test_the_sweep_completes_it_and_says_nothing_when_all_agrees(register):
    organisation = typed()

    check_waiting()

    found = after(organisation)
    assert (found.standing, found.address, found.activity) == (
        "open", "12 RUE DES ARTS 34000 MONTPELLIER", "72.19Z",
    )  # fmt: skip
    assert (found.is_active, found.next_check_at, found.differences) == (True, None, [])
    assert Notification.objects.count() == 0


def test_what_people_wrote_stays_and_the_difference_is_told_once(register):
    organisation = typed(name="Algues et Mer", headcount=40, registered_on="2024-05-01")

    check(organisation.pk)
    check(organisation.pk)
    operations.receive(organisation.pk, None, timezone.now())

    found = after(organisation)
    assert (found.name, found.register["name"]) == ("Algues et Mer", "ALGUES DU LEZ")
    assert [(d.label, d.stated, d.registered) for d in found.differences] == [
        ("Dénomination", "Algues et Mer", "ALGUES DU LEZ"),
        ("Date de création", "1 mai 2024", "1 mars 2022"),
        ("Effectif", "40", "6 à 9 salariés"),
    ]
    told = Notification.objects.get()
    assert "« Algues et Mer »" in told.body
    assert len(register.asked) == 1


def test_a_closed_company_is_marked_and_its_people_told(register):
    register.says(answer(company(siege__etat_administratif="F")))
    organisation = typed()

    check(organisation.pk)

    assert after(organisation).is_active is False
    assert "fermée au répertoire" in Notification.objects.get().subject


def test_an_unknown_company_is_told_once_and_asked_about_again_tomorrow(register):
    register.says(answer())
    organisation, now = typed(), timezone.now()

    check(organisation.pk)
    check(organisation.pk)

    found = after(organisation)
    assert (found.standing, found.verified_at) == ("unknown", None)
    assert timedelta(hours=23) < found.next_check_at - now < timedelta(hours=25)
    assert Notification.objects.count() == 1


def test_a_register_that_stays_away_is_asked_less_and_less(settings):
    settings.COMPANY_API_URL = ""
    organisation, now = typed(), timezone.now()
    waits = []
    for _n in range(10):
        operations.check(organisation.pk, at=now)
        waits.append((after(organisation).next_check_at - now).total_seconds())

    assert waits[:3] == [120, 240, 480]
    assert waits[-1] == 6 * 3600
    assert after(organisation).standing == "to_verify"


def test_a_company_taken_by_one_sweep_is_left_alone_by_the_next():
    organisation, now = typed(), timezone.now()

    assert operations.take_to_check(now) == [organisation.pk]
    assert operations.take_to_check(now) == []


def test_nobody_is_verified_without_the_words_of_the_register():
    organisation = make_organisation()

    with (
        pytest.raises(IntegrityError, match="organisation_verified_by_the_register"),
        transaction.atomic(),
    ):
        Organisation.objects.filter(pk=organisation.pk).update(standing="open")


def test_a_verified_company_is_neither_asked_about_again_nor_put_off(register):
    organisation = typed()
    check_waiting()
    verified = after(organisation)

    operations.ask_for_check(verified)
    operations.postpone(verified.pk, timezone.now())

    assert (after(organisation).checks, after(organisation).next_check_at) == (0, None)
