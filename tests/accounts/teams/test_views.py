"""The pages of a team, as its people press them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.teams.models import Invitation
from accounts.teams.operations import digest_of, invite, name_representative
from tests.factories import join, make_organisation, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make_user(full_name="Claire Vasseur")


@pytest.fixture
def company(owner):
    return make_organisation(owner=owner)


@pytest.fixture
def paul(company):
    paul = make_user(full_name="Paul Castéran")
    join(paul, company, "writer")
    return paul


def at(name, *args):
    return reverse(f"teams:{name}", args=args)


def membership(company, person):
    return company.memberships.get(user=person)


def test_owner_names_the_representative_who_is_told(client, owner, company, paul):
    client.force_login(owner)
    address = at("represent", company.pk, membership(company, paul).pk)

    named = client.post(address, {"title": " directeur général "}, follow=True).content.decode()
    ended = client.post(address, {"title": ""}, follow=True).content.decode()

    assert "Paul Castéran » représente légalement" in named
    assert "Représente légalement l’entreprise : directeur général" in named
    assert "ne représente plus" in ended
    assert [n.kind for n in paul.notifications.all()] == ["team_represents"] * 2


def test_title_that_does_not_fit_is_refused_with_a_sentence(client, owner, company):
    client.force_login(owner)
    mine = membership(company, owner)

    page = client.post(at("represent", company.pk, mine.pk), {"title": "x" * 81}, follow=True)

    assert "80 caractères au plus" in page.content.decode()
    mine.refresh_from_db()
    assert mine.legal_title == ""


def test_naming_oneself_tells_nobody(owner, company):
    name_representative(membership(company, owner), title="présidente", actor=owner)

    assert owner.notifications.count() == 0


def test_expired_invitation_stays_and_says_so(client, owner, company):
    invite(company, email="paul@exemple.fr", role="writer", actor=owner,
           at=timezone.now() - timedelta(days=20))  # fmt: skip
    client.force_login(owner)

    page = client.get(at("team", company.pk)).content.decode()

    assert "paul@exemple.fr" in page
    assert "expirée depuis le" in page


def test_link_that_no_longer_opens_says_what_to_do(client, owner, company):
    Invitation.objects.create(
        organisation=company, email="paul@exemple.fr", role="writer", invited_by=owner,
        token_sha256=digest_of("clef"), invited_at=timezone.now() - timedelta(days=20),
        expires_at=timezone.now() - timedelta(days=6),
    )  # fmt: skip

    response = client.get(at("join", "clef"))

    assert response.status_code == 410
    assert "Demandez à la personne qui vous a écrit" in response.content.decode()


@pytest.mark.parametrize("email", ["", "paul", "paul@", "a" * 250 + "@exemple.fr"])
def test_wrong_address_is_told_at_its_field_and_sends_nothing(client, owner, company, email):
    client.force_login(owner)

    response = client.post(at("team", company.pk), {"email": email, "role": "writer"})

    assert response.status_code == 200
    assert "Un point à corriger" in response.content.decode()
    assert company.invitations.count() == 0


def test_colleague_invited_again_is_refused_with_a_sentence(client, owner, company, paul):
    client.force_login(owner)

    page = client.post(at("team", company.pk), {"email": paul.email, "role": "reader"})

    assert "fait déjà partie de l’équipe" in page.content.decode()


def test_last_owner_reads_why_they_stay(client, owner, company):
    client.force_login(owner)
    mine = membership(company, owner).pk

    page = client.post(at("remove", company.pk, mine), follow=True).content.decode()

    assert "au moins un responsable" in page


def test_my_team_opens_at_once_or_asks_which(client, owner, company):
    client.force_login(owner)
    assert client.get(at("mine")).url == at("team", company.pk)
    other = make_organisation(owner=owner)

    page = client.get(at("mine")).content.decode()

    assert at("team", company.pk) in page
    assert at("team", other.pk) in page


def test_ways_to_the_team(client, owner, company):
    client.force_login(owner)
    way = at("team", company.pk)

    for page in (
        reverse("organisations:detail", args=[company.pk]),
        reverse("dossiers:list"),
        reverse("people:profile"),
    ):
        assert way in client.get(page).content.decode(), page
    assert at("mine") in client.get(reverse("programmes:calls")).content.decode()


def test_who_belongs_to_no_company_is_shown_no_team(client):
    client.force_login(make_user())

    assert at("mine") not in client.get(reverse("programmes:calls")).content.decode()
    assert "Déclarer mon entreprise" in client.get(at("mine")).content.decode()


def test_team_costs_the_same_for_one_and_many(client, count_queries, owner, company):
    client.force_login(owner)
    one = count_queries(lambda: client.get(at("team", company.pk)))
    for n in range(12):
        join(make_user(), company, "reader")
        invite(company, email=f"p{n}@exemple.fr", role="reader", actor=owner)

    assert count_queries(lambda: client.get(at("team", company.pk))) == one == 6
