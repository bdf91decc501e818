"""What the author, the representative and the funder read of an agreement."""

import pytest
from django.urls import reverse

from accounts.organisations.models import Membership
from grants.dossiers.operations import save_answer, submit
from grants.programmes.states import CallState, Role
from tests.factories import join, make_staff, make_user
from tests.grants.dossiers.complete import make_ready, make_standard_call
from tests.grants.dossiers.signed import agree, digest, make_pair
from tests.grants.dossiers.test_signing import change_answer
from tests.grants.programmes.test_views import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return make_pair()


def check_page(client, dossier, person):
    client.force_login(person)
    return client.get(reverse("dossiers:check", args=[dossier.pk])).content.decode()


def test_check_page_leads_from_asking_to_handing_in(client, pair):
    dossier, claire = pair
    client.force_login(dossier.author)
    asked = client.post(reverse("dossiers:ask_sign_off", args=[dossier.pk]), follow=True)
    before = asked.content.decode()
    for_claire = check_page(client, dossier, claire)
    given = client.post(
        reverse("dossiers:sign", args=[dossier.pk]), {"seen": digest(dossier)}, follow=True
    ).content.decode()
    after = check_page(client, dossier, dossier.author)

    assert "La demande est partie" in before
    assert "Claire Vasseur" in before
    assert "Déposer le dossier" not in before
    assert "Donner mon accord à ce dossier" in for_claire
    assert "Votre accord est enregistré" in given
    assert "Déposer le dossier" not in given
    assert "exactement tel qu’il est" in after
    assert "Déposer le dossier" in after


def test_check_page_says_that_an_agreement_ended(client, pair):
    dossier, claire = pair
    agree(dossier, claire)
    section = reverse("dossiers:section", args=[dossier.pk, "projet"])
    client.force_login(dossier.author)
    warned = client.get(section).content.decode()
    change_answer(dossier)

    for person in (dossier.author, claire):
        assert "ne vaut plus" in check_page(client, dossier, person)
    assert "son accord s’annule" in warned


def test_check_page_says_whom_to_ask_when_nobody_represents(client, pair):
    dossier, claire = pair
    Membership.objects.filter(user=claire).update(legal_title="")

    page = check_page(client, dossier, dossier.author)

    assert "Personne n’est encore désigné" in page
    assert reverse("teams:team", args=[dossier.organisation_id]) in page


def test_stale_page_does_not_agree(client, pair):
    dossier, claire = pair
    client.force_login(claire)

    page = client.post(reverse("dossiers:sign", args=[dossier.pk]), {"seen": "x"}, follow=True)

    assert "relisez-le" in page.content.decode()
    assert dossier.sign_offs.count() == 0


def test_funder_reads_who_agreed(client, pair):
    dossier, claire = pair
    agree(dossier, claire)
    submit(dossier, actor=dossier.author)
    client.force_login(make_staff(dossier.call.programme, Role.OFFICER))

    page = client.get(reverse("dossiers:detail", args=[dossier.pk])).content.decode()

    assert "Accord de Claire Vasseur (présidente)" in page


def test_check_page_costs_the_same_with_one_and_three_agreements(client, count_queries, pair):
    dossier, claire = pair
    address = reverse("dossiers:check", args=[dossier.pk])
    agree(dossier, claire)
    client.force_login(dossier.author)
    one = count_queries(lambda: client.get(address))
    for n in (9, 10):
        save_answer(dossier, "jobs", str(n), version=n - 8, actor=dossier.author)
        agree(dossier, claire)
        join(make_user(), dossier.organisation, Membership.Role.WRITER)

    assert count_queries(lambda: client.get(address)) == one == 10


def test_manager_asks_for_four_eyes_on_the_form_of_the_call(client):
    call = make_standard_call(state=CallState.DRAFT)
    client.force_login(make_staff(call.programme, Role.MANAGER))
    address = reverse("programmes:edit_call", args=[call.pk])

    for asked, told in (({"four_eyes": "on"}, True), ({}, False)):
        client.post(address, typed(**asked))
        call.refresh_from_db()
        assert call.four_eyes is told

    client.post(address, typed(four_eyes="on"))
    public = client.get(call.get_absolute_url()).content.decode()
    assert "son représentant légal approuve le dossier" in public


def test_call_without_the_option_asks_for_nothing(client):
    dossier = make_ready()

    assert "représentant légal" not in check_page(client, dossier, dossier.author)
    assert submit(dossier, actor=dossier.author).sign_off is None
