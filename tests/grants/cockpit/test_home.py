from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from grants.programmes.states import Role
from grants.screening.models import CompletionRequest
from tests.factories import (
    make_allocation,
    make_call,
    make_dossier,
    make_envelope,
    make_organisation,
    make_programme,
    make_ranking,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db

HOME = "/pilotage/"


@pytest.fixture
def programme():
    return make_programme()


def page_for(client, programme, role=Role.MANAGER, **query):
    client.force_login(make_staff(programme, role))
    return client.get(HOME, query).content.decode()


def ask_completion(call, *, due_at):
    dossier = make_dossier(call=call, state="incomplete")
    now = timezone.now()
    return CompletionRequest.objects.create(
        dossier=dossier,
        message="…",
        asked_by=make_user(),
        asked_at=now - timedelta(days=10),
        due_at=due_at,
    )


def closed_call(programme, state):
    closed = timezone.now() - timedelta(days=50)
    return make_call(programme, state=state, opens_at=closed - timedelta(days=60), closes_at=closed)


# Which call


def test_the_latest_running_call_shows_first(client, programme):
    now = timezone.now()
    make_call(programme, title="Passé", opens_at=now - timedelta(100), state="decided")
    make_call(programme, title="En cours", opens_at=now - timedelta(9))
    make_call(programme, title="Futur", opens_at=now + timedelta(9), closes_at=now + timedelta(60))

    assert "<h1>En cours</h1>" in page_for(client, programme)


def test_another_call_can_be_asked_for(client, programme):
    make_call(programme)
    other = make_call(programme, title="L’autre", state="decided")

    assert "<h1>L’autre</h1>" in page_for(client, programme, call=other.pk)


@pytest.mark.parametrize("asked", ["0", "abc", "-1"])
def test_a_call_that_is_not_there_is_not_found(client, programme, asked):
    make_call(programme)
    client.force_login(make_staff(programme, Role.MANAGER))

    assert client.get(HOME, {"call": asked}).status_code == 404


def test_a_foreign_call_is_not_found(client, programme):
    foreign = make_call()
    client.force_login(make_staff(programme, Role.MANAGER))

    assert client.get(HOME, {"call": foreign.pk}).status_code == 404


def test_a_programme_without_call_says_where_to_begin(client, programme):
    assert "Aucun appel à suivre" in page_for(client, programme)


def test_an_ended_duty_closes_the_cockpit(client, programme):
    user = make_staff(programme, Role.MANAGER)
    user.duties.update(ended_at=timezone.now())
    client.force_login(user)

    assert client.get(HOME).status_code == 404


# What to do first


def test_waiting_dossiers_lead_to_the_queue_oldest_first(client, programme):
    call = make_call(programme)
    now = timezone.now()
    for days in (1, 6, 3):
        make_dossier(
            call=call,
            state="submitted",
            submitted_at=now - timedelta(days=days),
            organisation=make_organisation(name=f"Attend {days} jours"),
        )

    page = page_for(client, programme, Role.OFFICER)

    assert "3\u00a0dossiers à instruire" in page
    assert page.index("Attend 6 jours") < page.index("Attend 3 jours") < page.index("Attend 1 j")
    assert f'href="{reverse("screening:queue")}">Ouvrir la file' in page


def test_only_a_completion_past_its_date_is_late(client, programme):
    call = make_call(programme)
    now = timezone.now()
    ask_completion(call, due_at=now - timedelta(days=1))
    ask_completion(call, due_at=now + timedelta(days=1))

    assert "1\u00a0complément attendu en retard" in page_for(client, programme, Role.OFFICER)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("open", "Dépôt clos, évaluation à lancer"),
        ("reviewing", "Classement à arrêter"),
        ("ranked", "Classement arrêté, aides à répartir"),
    ],
)
def test_a_call_behind_its_calendar_asks_its_manager(client, programme, state, words):
    closed_call(programme, state)

    assert words in page_for(client, programme, Role.MANAGER)
    assert words not in page_for(client, programme, Role.OFFICER)


def test_reviews_still_due_do_not_ask_for_the_ranking(client, programme):
    make_call(programme, state="reviewing")

    assert "Classement à arrêter" not in page_for(client, programme)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("preparing", "Proposition d’attribution en préparation"),
        ("to_check", "Attributions à contrôler"),
        ("checked", "Attributions contrôlées, à mettre au vote"),
        ("voted", "Attributions votées, à annoncer"),
    ],
)
def test_an_allocation_asks_for_its_next_act(client, programme, state, words):
    call = closed_call(programme, "ranked")
    allocation = make_allocation(state=state, ranking=make_ranking(call=call))

    page = page_for(client, programme)

    assert words in page
    assert f'href="{allocation.get_absolute_url()}"' in page


def test_who_prepared_an_allocation_is_not_asked_to_check_it(client, programme):
    call = closed_call(programme, "ranked")
    manager = make_staff(programme, Role.MANAGER)
    make_allocation(state="to_check", ranking=make_ranking(call=call), prepared_by=manager)
    client.force_login(manager)

    assert "Attributions à contrôler" not in client.get(HOME).content.decode()
    assert "Attributions à contrôler" in page_for(client, programme, Role.FINANCE)


@pytest.mark.parametrize(("committed", "told"), [(900, True), (899, False)])
def test_an_envelope_nearly_used_is_told_from_nine_tenths(client, programme, committed, told):
    call = make_call(programme)
    envelope = make_envelope(programme, endowed=1000, year=call.year)
    envelope.entries.create(kind="commitment", amount=-committed, reason="Vote", actor=make_user())

    assert ("Enveloppe presque épuisée" in page_for(client, programme, Role.FINANCE)) is told


def test_an_auditor_is_asked_for_nothing(client, programme):
    make_dossier(call=make_call(programme), state="submitted")

    page = page_for(client, programme, Role.AUDITOR)

    assert "À faire d’abord" not in page
    assert "Du brouillon à l’aide" in page


def test_finance_reads_the_envelope_before_the_rest(client, programme):
    make_dossier(call=make_call(programme), state="submitted")

    page = page_for(client, programme, Role.FINANCE)

    assert "à instruire" not in page
    assert page.index("L’enveloppe") < page.index("À faire d’abord")


def test_nothing_to_do_is_said(client, programme):
    make_call(programme)

    assert "Rien ne vous attend sur cet appel" in page_for(client, programme)


# The envelope and the reviews


def test_the_proposal_of_the_call_is_drawn_until_it_is_announced(client, programme):
    call = closed_call(programme, "ranked")
    dossier = make_dossier(call=call, state="ranked")
    envelope = make_envelope(programme, endowed=100_000, year=call.year)
    allocation = make_allocation(
        ranking=make_ranking(call=call, dossiers=[dossier]), envelope=envelope
    )
    allocation.decisions.create(dossier=dossier, rank=1, outcome="award", amount=40_000)

    page = page_for(client, programme)

    assert "Proposé pour cet appel" in page
    assert "60\u202f000\u202f€ disponibles" in page


@pytest.mark.parametrize(("state", "shown"), [("open", False), ("reviewing", True)])
def test_the_review_part_is_fetched_once_reviews_began(client, programme, state, shown):
    call = make_call(programme, state=state)
    address = reverse("assignments:progress", args=[call.pk])

    assert (f'hx-get="{address}"' in page_for(client, programme)) is shown


def test_the_cockpit_costs_the_same_for_one_and_three_dossiers(client, programme, count_queries):
    call = make_call(programme)
    make_envelope(programme, year=call.year)
    now = timezone.now()
    client.force_login(make_staff(programme, Role.MANAGER))

    def add():
        make_dossier(call=call, state="submitted")
        ask_completion(call, due_at=now - timedelta(days=1))

    add()
    one = count_queries(lambda: client.get(HOME))
    add()
    add()

    assert count_queries(lambda: client.get(HOME)) == one == 10
