"""Whom a dossier may be given to by hand: the query written by hand against the rules."""

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.programmes.models import Call
from reviews.assignments import candidates
from reviews.experts.models import Expertise, Interest, Seat
from tests.factories import make_assignment, make_dossier, make_expert, make_link
from tests.reviews.assignments.scene import Pool

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool():
    return Pool(dossiers=1, experts=0)


def places(pool, readers=(), wanted=""):
    dossier = type(pool.dossiers[0]).objects.select_related("call").get(pk=pool.dossiers[0].pk)
    return candidates.page_for(dossier, list(readers), wanted)


def declare(expert, dossier, kind):
    Interest.objects.create(expert=expert, dossier=dossier, kind=kind, declared_by=expert.user)


def experts(pool, **asked):
    return [place.pk for place in places(pool, **asked)[1]]


def test_only_usable_seats_are_offered(pool):
    here = make_expert(pool.call)
    make_expert(pool.call, signed=False)
    gone = make_expert(pool.call)
    gone.seats.update(declined_at=timezone.now(), declined_because="Trop de travail.")
    left = make_expert(pool.call)
    type(left.user).objects.filter(pk=left.user_id).update(is_active=False)
    make_expert()

    usable = Seat.objects.usable().filter(call=pool.call).values_list("expert", flat=True)

    assert experts(pool) == [here.pk] == list(usable)


def test_nobody_is_offered_once_the_call_is_decided(pool):
    make_expert(pool.call)
    assert len(experts(pool)) == 1

    pool.dossiers[0].call.state = "decided"
    decided = pool.dossiers[0]

    assert isinstance(decided.call, Call)
    assert candidates.page_for(decided, [], "")[1] == []


def test_readers_are_left_out(pool):
    reader, other = make_expert(pool.call), make_expert(pool.call)

    assert experts(pool, readers=[reader]) == [other.pk]


def test_the_free_come_first_then_the_closest_then_the_least_busy(pool):
    dossier = pool.dossiers[0]
    linked, detected, full, far, busy, close = (make_expert(pool.call) for _ in range(6))
    declare(linked, dossier, "family")
    make_link(detected, dossier)
    full.seats.update(capacity=1)
    for expert in (full, busy):
        make_assignment(dossier=make_dossier(call=pool.call, state="in_review"), expert=expert)
    for expert, level in ((linked, 3), (detected, 3), (full, 3), (busy, 2), (close, 2), (far, 1)):
        Expertise.objects.filter(expert=expert).delete()
        Expertise.objects.create(expert=expert, theme=dossier.theme, level=level)

    found = places(pool)[1]

    assert [place.pk for place in found[:3]] == [close.pk, busy.pk, far.pk]
    assert {place.pk for place in found[3:]} == {linked.pk, detected.pk, full.pk}
    assert [place.load for place in found[:3]] == [0, 1, 0]
    assert {place.pk for place in found if place.is_linked} == {linked.pk, detected.pk}
    assert {place.pk for place in found if place.is_full} == {full.pk}


def test_a_lifted_link_and_a_clear_declaration_hold_nobody_back(pool):
    lifted, cleared = make_expert(pool.call), make_expert(pool.call)
    make_link(lifted, pool.dossiers[0], state="lifted")
    declare(cleared, pool.dossiers[0], "none")

    assert not any(place.is_linked for place in places(pool)[1])


@pytest.mark.parametrize(
    ("wanted", "page", "rows"),
    [("", 1, 2), ("2", 2, 1), ("9", 2, 1), ("0", 1, 2), ("x", 1, 2), ("²", 1, 2)],
)
def test_pages_of_places(pool, monkeypatch, wanted, page, rows):
    monkeypatch.setattr(candidates, "SEATS", 2)
    for _ in range(3):
        make_expert(pool.call)

    shown, found = places(pool, wanted=wanted)

    assert (shown.number, len(found)) == (page, rows)
    assert shown.paginator.count == 3


def test_a_detected_link_is_told_before_the_act(client, pool):
    expert = make_expert(pool.call)
    make_link(expert, pool.dossiers[0])
    client.force_login(pool.officer)

    page = client.get(reverse("assignments:change", args=[pool.dossiers[0].pk, expert.pk]))

    assert "lien avec l’entreprise" in page.content.decode()
