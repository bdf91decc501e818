"""A form revised under an agreement: ended, and told in its own words to those it concerns."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.organisations.models import Membership
from grants.dossiers.operations import submit
from grants.formbuilder import operations as forms
from grants.formbuilder.building import digest
from grants.programmes.states import Role
from tests.factories import join, make_staff, make_user
from tests.grants.dossiers.signed import agree, make_pair
from tests.grants.dossiers.test_signing import change_answer
from tests.grants.formbuilder.scene import seen, stored

pytestmark = pytest.mark.django_db
KIND = "sign_off_void_by_form"


@pytest.fixture
def pair():
    return make_pair()


def revise(call, label="Le nom du projet"):
    manager = make_staff(call.programme, Role.MANAGER)
    forms.save_question(
        call, "title", "projet", {**stored(call, "title"), "label": label},
        seen=seen(call, "title"), actor=manager,
    )  # fmt: skip
    revised = call.forms.get(published_at=None)
    return forms.publish_form(call, seen=digest(revised.definition), actor=manager)


def page(client, person, name, *args):
    client.force_login(person)
    return client.get(reverse(f"dossiers:{name}", args=args)).content.decode()


def test_revision_ends_the_agreement_and_the_row_says_so(pair):
    dossier, claire = pair
    sign_off = agree(dossier, claire)

    revise(dossier.call)

    sign_off.refresh_from_db()
    assert sign_off.voided_at is not None
    assert sign_off.voided_by_form is True


def test_a_change_by_the_company_is_not_said_to_be_the_form(client, pair):
    dossier, claire = pair
    sign_off = agree(dossier, claire)
    change_answer(dossier)
    revise(dossier.call)

    sign_off.refresh_from_db()
    assert sign_off.voided_by_form is False
    assert claire.notifications.filter(kind=KIND).count() == 0
    assert "Accord annulé." not in page(client, claire, "detail", dossier.pk)
    assert "le dossier a changé depuis" in page(client, claire, "check", dossier.pk)


def test_who_agreed_and_the_owners_hear_it_once_and_nobody_else(pair):
    dossier, claire = pair
    join(writer := make_user(), dossier.organisation, Membership.Role.WRITER)
    join(gone := make_user(), dossier.organisation, Membership.Role.OWNER)
    Membership.objects.filter(user=gone).update(left_at=dossier.created_at)
    other, paul = make_pair()
    agree(dossier, claire)
    agree(other, paul)

    revise(dossier.call)

    for person in (claire, dossier.author):
        [told] = person.notifications.filter(kind=KIND)
        assert "Claire Vasseur" in told.body
        assert "Le nom du projet" in told.body
        assert "Personne dans l’entreprise n’a rien changé" in told.body
        assert told.link == reverse("dossiers:check", args=[dossier.pk])
    for person in (writer, gone, paul, other.author):
        assert person.notifications.filter(kind=KIND).count() == 0


def test_a_draft_without_agreement_is_told_of_nothing_ended(pair):
    dossier, claire = pair

    revise(dossier.call)

    assert claire.notifications.filter(kind=KIND).count() == 0


def test_a_second_revision_ends_nothing_more(pair):
    dossier, claire = pair
    agree(dossier, claire)
    revise(dossier.call)
    claire.notifications.all().delete()

    dossier.sign_offs.model.objects.filter(dossier=dossier).first()
    revise(dossier.call, "Le titre du projet")

    assert dossier.sign_offs.filter(voided_at=None).count() == 0


def test_every_page_says_that_the_form_did_it(client, pair):
    dossier, claire = pair
    agree(dossier, claire)
    revise(dossier.call)

    for person in (claire, dossier.author):
        told = page(client, person, "detail", dossier.pk)
        assert "L’accord de Claire Vasseur portait sur l’ancien formulaire" in told
        check = page(client, person, "check", dossier.pk)
        assert "La Région a révisé le formulaire le" in check
        assert "même si vos réponses n’ont pas changé" in check
        assert "le dossier a changé depuis" not in check
    section = page(client, dossier.author, "section", dossier.pk, "projet")
    assert "L’accord de Claire Vasseur portait sur l’ancien formulaire" in section


def test_a_new_agreement_replaces_the_words_and_lets_hand_in(client, pair):
    dossier, claire = pair
    agree(dossier, claire)
    revise(dossier.call)
    dossier = type(dossier).objects.get(pk=dossier.pk)

    fresh = agree(dossier, claire)

    author = dossier.created_by
    assert "Accord annulé." not in page(client, author, "detail", dossier.pk)
    assert submit(dossier, actor=author).sign_off == fresh


def test_database_refuses_an_agreement_ended_by_the_form_that_stands(pair):
    dossier, claire = pair
    sign_off = agree(dossier, claire)

    with pytest.raises(IntegrityError), transaction.atomic():
        type(sign_off).objects.filter(pk=sign_off.pk).update(voided_by_form=True)
