from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.programmes.states import Role
from reviews.assignments.counting import Tally
from reviews.assignments.progress import SQUARES, drawn
from tests.factories import (
    make_assignment,
    make_call,
    make_dossier,
    make_evaluation,
    make_expert,
    make_staff,
)

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def call():
    return make_call(state="reviewing")


@pytest.fixture
def address(call):
    return reverse("assignments:progress", args=[call.pk])


def assign(call, **overrides):
    dossier = make_dossier(call=call, state="in_review")
    return make_assignment(dossier=dossier, expert=make_expert(call), **overrides)


def read(client, call, address, **headers):
    client.force_login(make_staff(call.programme, Role.AUDITOR))
    return client.get(address, **headers).content.decode()


def test_handed_in_and_late_reviews_are_counted(client, call, address):
    past = timezone.now() - timedelta(days=1)
    make_evaluation(assignment=assign(call, due_at=past), submitted=True)
    make_evaluation(assignment=assign(call, due_at=past))
    assign(call, due_at=past)
    assign(call)

    page = read(client, call, address)

    assert "<strong>1</strong> remises sur 4\u00a0évaluations" in page
    assert "2 en retard." in page


def test_a_fragment_brings_its_alert_to_the_cockpit(client, call, address):
    assign(call, due_at=timezone.now() - timedelta(days=1))

    page = read(client, call, address, **HTMX)

    assert "<html" not in page
    assert '<li id="late-reviews" hx-swap-oob="true" data-late>' in page
    assert "1 évaluation en retard" in page


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_nobody_late_brings_no_alert(client, call, address, headers):
    assign(call)

    assert "late-reviews" not in read(client, call, address, **headers)


def test_a_removed_reading_is_not_waited_for(client, call, address):
    assignment = assign(call, due_at=timezone.now() - timedelta(days=1))
    assignment.state = "removed"
    assignment.save()

    assert "Aucun dossier n’est encore confié" in read(client, call, address)


def test_when_the_grid_is_full_the_latest_are_drawn(client, call, address, monkeypatch):
    monkeypatch.setattr("reviews.assignments.progress.SQUARES", 3)
    for _number in range(3):
        assign(call)
    late = assign(call, due_at=timezone.now() - timedelta(days=1))

    page = read(client, call, address)

    assert str(late.expert) in page
    assert "Un autre expert n’est pas montré ici." in page


def test_somebody_with_more_readings_than_the_grid_holds_is_drawn_all_the_same():
    many, one = (
        Tally(pk, given, 0, 0, None, pk, "", "") for pk, given in ((1, SQUARES + 1), (2, 1))
    )

    assert drawn([many, one]) == [1]
    assert drawn([]) == []


def test_a_call_of_another_programme_is_not_found(client, address):
    client.force_login(make_staff(make_call().programme, Role.MANAGER))

    assert client.get(address).status_code == 404


def test_the_part_costs_the_same_for_one_and_three_readings(client, call, address, count_queries):
    client.force_login(make_staff(call.programme, Role.MANAGER))
    make_evaluation(assignment=assign(call), submitted=True)
    one = count_queries(lambda: client.get(address, **HTMX))
    make_evaluation(assignment=assign(call), submitted=True)
    assign(call)

    assert count_queries(lambda: client.get(address, **HTMX)) == one == 7
