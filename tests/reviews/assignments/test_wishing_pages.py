"""Wishes, rules and changes by hand, from their pages."""

import pytest

from reviews.assignments.models import Assignment
from reviews.assignments.rules import AssignmentRules, SeatRule, Wish
from reviews.experts.models import Expertise, Interest
from tests.factories import make_assignment, make_staff
from tests.reviews.assignments.scene import Pool

pytestmark = pytest.mark.django_db


def conflict(expert, dossier):
    Interest.objects.create(expert=expert, dossier=dossier, kind="family", declared_by=expert.user)


def test_the_rules_page_keeps_what_is_typed_and_shows_what_it_gives(client):
    pool = Pool(experts=2)
    client.force_login(pool.officer)
    seat = pool.experts[0].seats.get()
    url = f"/affectations/appels/{pool.call.pk}/regles/"
    typed = {"per_house": "2", "per_profile": "", f"least-{seat.pk}": "1"}

    answer = client.post(url, typed | {f"profile-{seat.pk}": "finance"})

    assert answer["Location"] == f"/affectations/appels/{pool.call.pk}/proposition/"
    assert AssignmentRules.objects.get().per_house == 2
    assert (SeatRule.objects.get().least, SeatRule.objects.get().profile) == (1, "finance")


@pytest.mark.parametrize(
    "typed",
    [{"per_house": "0"}, {"per_house": "x"}, {"per_house": "1", "per_profile": "-1"}, {}],
)
def test_rules_that_make_no_sense_are_asked_again(client, typed):
    pool = Pool(experts=1)
    client.force_login(pool.officer)

    page = client.post(f"/affectations/appels/{pool.call.pk}/regles/", typed)

    assert page.status_code == 200
    assert page.context["form"].errors
    assert not AssignmentRules.objects.exists()


def test_the_change_page_shows_the_effect_before_the_act(client):
    pool = Pool(dossiers=2, experts=3, reviews=1)
    pool.apply()
    given = Assignment.objects.get(dossier=pool.dossiers[0])
    other = next(one for one in pool.experts if one != given.expert)
    Expertise.objects.filter(expert=other).update(level=3)
    client.force_login(pool.officer)
    url = f"/affectations/dossiers/{pool.dossiers[0].pk}/lecteurs/{other.pk}/?instead={given.pk}"

    lines = client.get(url).context["lines"]
    client.post(
        f"/evaluations/dossiers/{pool.dossiers[0].pk}/lecteurs/",
        {"expert": other.pk, "instead": given.pk, "reason": "Plus proche du sujet."},
    )

    assert [(line["before"], line["after"], line["change"]) for line in lines] == [
        ("0,67", "1,00", "+0,33"),
        ("0,67", "0,67", "0,00"),
        ("1,33", "1,67", "+0,33"),
    ]
    given.refresh_from_db()
    assert given.state == "removed"
    assert pool.dossiers[0].assignments.active().get().expert == other


def test_a_change_that_cannot_be_is_said_and_undone_whole(client):
    pool = Pool(dossiers=1, experts=2, reviews=1)
    pool.apply()
    given = Assignment.objects.get()
    other = next(one for one in pool.experts if one != given.expert)
    conflict(other, pool.dossiers[0])
    client.force_login(pool.officer)

    page = client.get(f"/affectations/dossiers/{pool.dossiers[0].pk}/lecteurs/{other.pk}/")
    client.post(
        f"/evaluations/dossiers/{pool.dossiers[0].pk}/lecteurs/",
        {"expert": other.pk, "instead": given.pk},
    )

    assert "lien avec l’entreprise" in page.content.decode()
    given.refresh_from_db()
    assert given.state == "active"


def test_the_change_page_costs_the_same_for_one_and_three_readings(client, count_queries):
    pool = Pool(dossiers=1, experts=4, reviews=1)
    client.force_login(pool.officer)
    url = f"/affectations/dossiers/{pool.dossiers[0].pk}/lecteurs/{pool.experts[3].pk}/"
    make_assignment(dossier=pool.dossiers[0], expert=pool.experts[0])
    one = count_queries(lambda: client.get(url))
    for expert in pool.experts[1:3]:
        make_assignment(dossier=pool.dossiers[0], expert=expert)

    assert count_queries(lambda: client.get(url)) == one == 10


def test_a_wish_is_said_shown_and_lifted_from_the_pages(client):
    pool = Pool(dossiers=1, experts=2)
    client.force_login(make_staff(pool.call.programme))
    readers_page = f"/affectations/dossiers/{pool.dossiers[0].pk}/"
    url = f"{readers_page}lecteurs/{pool.experts[0].pk}/souhait/"

    missing = client.post(url, {"kind": "wanted", "reason": " "})
    client.post(url, {"kind": "wanted", "reason": "Connaît le procédé."})
    shown = client.get(readers_page).content.decode()
    client.post(f"/affectations/souhaits/{Wish.objects.get().pk}/lever/")

    assert "vos collègues le liront" in missing.content.decode()
    assert "Connaît le procédé." in shown
    assert not Wish.objects.exists()
