from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.assignments.models import Assignment
from tests.factories import (
    make_assignment,
    make_call,
    make_dossier,
    make_evaluation,
    make_expert,
    make_staff,
)
from tests.reviews.assignments.scene import Pool

pytestmark = pytest.mark.django_db


def test_a_proposal_seen_is_applied_from_its_page(client):
    pool = Pool()
    client.force_login(pool.officer)
    page = client.get(f"/affectations/appels/{pool.call.pk}/proposition/")
    digest = page.context["proposal"].digest

    answer = client.post(f"/evaluations/appels/{pool.call.pk}/affecter/", {"digest": digest})

    assert answer["Location"] == f"/affectations/appels/{pool.call.pk}/"
    assert Assignment.objects.count() == 6


def test_a_proposal_parts_what_is_new_from_what_is_given(client):
    pool = Pool()
    client.force_login(pool.officer)
    pool.apply()
    late_comer = make_dossier(call=pool.call, state="admissible")

    page = client.get(f"/affectations/appels/{pool.call.pk}/proposition/")

    assert [line["dossier"] for line in page.context["changing"]] == [late_comer]
    assert {line["dossier"] for line in page.context["served"]} == set(pool.dossiers)


@pytest.mark.parametrize("digest", ["", "0" * 64, "é"])
def test_another_digest_shows_the_proposal_again(client, digest):
    pool = Pool()
    client.force_login(pool.officer)

    page = client.post(
        f"/evaluations/appels/{pool.call.pk}/affecter/", {"digest": digest}, follow=True
    )

    assert "voici la nouvelle" in page.content.decode()
    assert not Assignment.objects.exists()


def test_removing_without_a_reason_asks_for_it(client):
    assignment = make_assignment()
    client.force_login(make_staff(assignment.dossier.call.programme))

    page = client.post(f"/affectations/{assignment.pk}/retirer/", {"reason": " "})

    assert "l’expert le lira" in page.content.decode()
    assignment.refresh_from_db()
    assert assignment.state == "active"


def test_a_refused_removal_keeps_the_words_and_leads_to_them(client):
    assignment = make_assignment()
    client.force_login(make_staff(assignment.dossier.call.programme))

    page = client.post(f"/affectations/{assignment.pk}/retirer/", {"reason": "Trop long. " * 30})

    html = page.content.decode()
    assert 'value="Trop long. Trop long.' in html
    assert f'href="#reason-{assignment.pk}"' in html


@pytest.mark.parametrize("expert", ["", "0", "x", "²", "99999999999999999999999"])
def test_adding_nobody_is_not_found(client, expert):
    pool = Pool(dossiers=1, experts=1)
    client.force_login(pool.officer)
    url = f"/evaluations/dossiers/{pool.dossiers[0].pk}/lecteurs/"

    assert client.post(url, {"expert": expert}).status_code == 404


def test_adding_from_the_page_shows_the_load(client):
    pool = Pool(dossiers=1, experts=1)
    client.force_login(pool.officer)
    url = f"/affectations/dossiers/{pool.dossiers[0].pk}/"

    before = client.get(url).content.decode()
    client.post(
        f"/evaluations/dossiers/{pool.dossiers[0].pk}/lecteurs/", {"expert": pool.experts[0].pk}
    )

    assert "0 → 1/12" in before
    assert Assignment.objects.get().expert == pool.experts[0]


def test_overview_tells_lateness(client):
    assignment = make_assignment(due_at=timezone.now() - timedelta(days=1))
    client.force_login(make_staff(assignment.dossier.call.programme))

    page = client.get(f"/affectations/appels/{assignment.dossier.call_id}/")

    assert page.context["totals"].late == 1


def test_overview_costs_the_same_for_one_and_three_readings(client, count_queries):
    pool = Pool(dossiers=1, experts=1, reviews=1)
    client.force_login(pool.officer)
    pool.apply()
    url = f"/affectations/appels/{pool.call.pk}/"
    one = count_queries(lambda: client.get(url))
    for _ in range(2):
        dossier = make_dossier(call=pool.call, state="in_review")
        make_evaluation(assignment=make_assignment(dossier=dossier, expert=make_expert(pool.call)))

    assert count_queries(lambda: client.get(url)) == one == 9


def test_readers_page_costs_the_same_for_one_and_three_candidates(client, count_queries):
    pool = Pool(dossiers=1, experts=1, reviews=1)
    client.force_login(pool.officer)
    url = f"/affectations/dossiers/{pool.dossiers[0].pk}/"
    one = count_queries(lambda: client.get(url))
    make_expert(pool.call)
    make_expert(pool.call)

    assert count_queries(lambda: client.get(url)) == one == 7


def test_a_proposal_without_any_expert_says_what_is_missing(client):
    dossier = make_dossier(state="admissible", call=make_call(state="reviewing"))
    client.force_login(make_staff(dossier.call.programme))

    response = client.get(reverse("assignments:plan", args=[dossier.call.pk]))

    assert response.status_code == 200
    [told] = response.context["shortages"]
    assert told.startswith("Personne n’a encore signé l’engagement de cet appel")


def test_who_may_not_plan_is_not_led_to_the_proposal(client):
    assignment = make_assignment()
    call = assignment.dossier.call
    client.force_login(make_staff(call.programme, "auditor"))

    page = client.get(reverse("assignments:overview", args=[call.pk])).content.decode()

    assert reverse("assignments:plan", args=[call.pk]) not in page
