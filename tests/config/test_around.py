import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.programmes.states import Role
from tests.factories import (
    join,
    make_call,
    make_expert,
    make_organisation,
    make_programme,
    make_staff,
    make_user,
)
from tests.reviews.committees.scene import Room

pytestmark = pytest.mark.django_db

CURRENT = re.compile(r'<a href="([^"]+)" aria-current="page">')
LEGAL = "/mentions-legales/"


def applicant():
    user = make_user()
    make_organisation(owner=user)
    return user


def manager():
    return make_staff(make_programme(), Role.MANAGER)


def expert():
    return make_expert(make_call()).user


def member():
    return Room([5, 4], [3, 4]).anne


def expert_member():
    return Room([5, 4], [3, 4]).expert.user


def chair():
    return Room([5, 4], [3, 4]).chair


def entries(client, address=LEGAL):
    found = client.get(address).context["around"]["navigation"]
    return [entry.url for entry in found]


def test_a_visitor_finds_calls_the_test_and_the_awards(client):
    assert entries(client) == ["/appels/", "/suis-je-eligible/", "/aides/"]


@pytest.mark.parametrize(
    ("person", "first"),
    [
        (applicant, "/dossiers/"),
        (expert, "/evaluations/"),
        (manager, "/pilotage/"),
        (member, "/comites/"),
    ],
)
def test_everybody_begins_with_their_own_place(client, person, first):
    client.force_login(person())

    assert entries(client)[0] == first


def test_staff_reaches_every_part_of_the_round(client):
    client.force_login(manager())

    assert entries(client) == [
        "/pilotage/", "/instruction/", "/appels/", "/attributions/", "/enveloppes/",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("person", "shown"),
    [(member, True), (expert_member, True), (chair, False), (expert, False), (applicant, False)],
)
def test_a_member_of_a_committee_finds_it_again(client, person, shown):
    client.force_login(person())

    assert ("/comites/" in entries(client)) == shown


def test_in_the_room_a_member_is_in_their_place(client):
    room = Room([5, 4], [3, 4])
    client.force_login(room.expert.user)

    page = client.get(room.session.get_absolute_url()).content.decode()

    assert set(CURRENT.findall(page)) == {"/comites/"}


def test_several_places_show_each_address_once(client):
    user = manager()
    join(user, make_organisation())
    client.force_login(user)

    found = entries(client)

    assert len(found) == len(set(found))
    assert {"/dossiers/", "/pilotage/"} <= set(found)


@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("opendata:eligibility", ["/suis-je-eligible/"]),
        ("opendata:awards", ["/aides/"]),
        ("opendata:legal", []),
    ],
)
def test_only_the_place_one_is_in_is_current(client, address, current):
    page = client.get(reverse(address)).content.decode()

    assert sorted(set(CURRENT.findall(page))) == current


def test_reviews_belong_to_the_cockpit_on_the_way_around(client):
    call = make_call(state="reviewing")
    client.force_login(make_staff(call.programme, Role.MANAGER))

    page = client.get(reverse("assignments:progress", args=[call.pk])).content.decode()

    assert set(CURRENT.findall(page)) == {"/pilotage/"}


@pytest.mark.parametrize(
    "page",
    [
        "experts:pool", "phases:call", "conflicts:links", "evaluations:flags", "followup:call",
        "panels:ranking", "feedback:overview",
    ],
)  # fmt: skip
def test_every_page_of_an_evaluation_is_in_the_cockpit_and_has_its_tab(client, page):
    call = make_call(state="reviewing")
    client.force_login(make_staff(call.programme, Role.MANAGER))
    address = reverse(page, args=[call.pk])

    text = client.get(address).content.decode()

    assert set(CURRENT.findall(text)) >= {"/pilotage/", address}
    assert reverse("assignments:plan", args=[call.pk]) in text


def test_an_expert_stands_among_their_evaluations_on_their_profile(client):
    client.force_login(expert())

    page = client.get(reverse("experts:profile")).content.decode()

    assert set(CURRENT.findall(page)) == {"/evaluations/"}


@pytest.mark.parametrize("person", [applicant, expert, manager, member])
def test_the_way_around_costs_one_query(client, person):
    client.force_login(person())
    client.get(LEGAL)

    with CaptureQueriesContext(connection) as captured:
        client.get(LEGAL)

    about_places = [query["sql"] for query in captured if "accounts_membership" in query["sql"]]
    assert len(about_places) == 1
    assert len(captured) == 4  # session, person, way around, contacts


@pytest.mark.parametrize(
    ("person", "place"),
    [
        (applicant, "/dossiers/"),
        (make_user, "/dossiers/"),
        (expert, "/evaluations/"),
        (member, "/comites/"),
        (expert_member, "/evaluations/"),
    ],
)
def test_home_leads_to_what_waits(client, person, place):
    client.force_login(person())

    assert client.get("/accueil/")["Location"] == place


def test_staff_comes_before_the_other_places(client):
    user = manager()
    join(user, make_organisation())
    client.force_login(user)

    assert client.get("/accueil/")["Location"] == "/pilotage/"


def test_a_visitor_changes_the_language_and_comes_back(client):
    response = client.post(reverse("set_language"), {"language": "en", "next": LEGAL})

    assert response["Location"] == LEGAL
    assert '<html lang="en">' in client.get(LEGAL).content.decode()


def test_the_language_never_leads_to_another_site(client):
    response = client.post(
        reverse("set_language"), {"language": "en", "next": "https://ailleurs.example/"}
    )

    assert response["Location"] == "/"
