"""A later date for a request to complete: given in time or after, told, kept, and then honoured."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.access import Refused
from grants.dossiers.operations import save_answer, submit, withdraw
from grants.programmes.states import Role
from grants.screening.delay import clock_of
from grants.screening.operations import extend_completion, resume_review
from tests.factories import make_staff
from tests.grants.screening.test_completion import answer, ask, author, dossier, officer

__all__ = ["author", "dossier", "officer"]  # fixtures of the same scene

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def late(dossier, officer):
    """Asked eleven days ago, to be answered yesterday: the answer never came."""
    now = timezone.now()
    asked = ask(dossier, officer, due_at=now - DAY, at=now - 11 * DAY, effect="suspend")
    dossier.refresh_from_db()
    return asked


def extend(dossier, officer, *, days=5, reason="Congés du comptable", **more):
    until = timezone.now() + days * DAY
    return extend_completion(dossier, until=until, reason=reason, actor=officer, **more)


def test_past_its_date_nothing_is_answered_until_more_time_is_given(dossier, officer, author, late):
    with pytest.raises(Refused, match="Le délai est passé"):
        answer(dossier, author)

    extend(dossier, officer)
    submission = answer(dossier, author)

    assert (dossier.state, submission.version) == ("submitted", 2)
    assert submission.deadline_at > timezone.now() + 4 * DAY


def test_more_time_is_given_before_the_first_date_has_passed(dossier, officer, author):
    ask(dossier, officer, due_at=timezone.now() + 2 * DAY)

    extend(dossier, officer, days=20)

    request = dossier.requests.get()
    assert request.due_at == dossier.reopened_until > timezone.now() + 19 * DAY
    save_answer(dossier, "summary", "Plus tard.", version=1, actor=author)
    assert submit(dossier, actor=author, at=timezone.now() + 10 * DAY)


def test_only_what_was_asked_stays_open(dossier, officer, author, late):
    extend(dossier, officer)

    assert dossier.open_questions == {"summary"}
    assert dossier.note_on("summary") == "Combien de pompes ?"
    with pytest.raises(Refused, match="parmi celles à reprendre"):
        save_answer(dossier, "title", "Autre", version=1, actor=author)


def test_who_gave_it_when_and_why_is_kept_for_good(dossier, officer, late):
    extend(dossier, officer, reason="  Congés du comptable  ")

    step = dossier.history.get(step="extend_completion")
    assert (step.actor, step.reason) == (officer, "Congés du comptable")
    assert (step.source, step.target) == ("incomplete", "incomplete")
    assert late.events.filter(due_at=late.due_at).exists()


def test_the_company_hears_both_dates_and_the_reason(dossier, officer, author, late):
    extend(dossier, officer)

    [told] = author.notifications.filter(kind="completion_extended")
    assert "Congés du comptable" in told.body
    assert told.body.count("heure de Paris") == 1
    assert "au lieu du" in told.body


def test_the_delay_stays_suspended_until_the_new_date(dossier, officer):
    ask(dossier, officer, due_at=timezone.now() + 2 * DAY, effect="suspend")
    in_five_days = timezone.localdate() + 5 * DAY

    def clock():
        deposits, requests = dossier.submissions.all(), dossier.requests.all()
        return clock_of(dossier, deposits, requests, in_five_days)

    before = clock().is_stopped
    extend(dossier, officer, days=10)

    assert (before, clock().is_stopped) == (False, True)


def test_a_reading_waits_for_the_new_date(dossier, officer, late):
    dossier.history.create(
        actor=officer, step="ask_completion", source="in_review", target="incomplete"
    )
    extend(dossier, officer)

    with pytest.raises(Refused, match="peut encore répondre"):
        resume_review(dossier, actor=officer)


@pytest.mark.parametrize(
    ("days", "reason", "sentence"),
    [(-1, "Congés", "à venir"), (0, "Congés", "à venir"), (3, " ", "pourquoi")],
)
def test_wrong_date_or_no_reason_is_refused(dossier, officer, late, days, reason, sentence):
    with pytest.raises(Refused, match=sentence):
        extend(dossier, officer, days=days, reason=reason)


def test_a_date_is_never_brought_forward(dossier, officer):
    ask(dossier, officer, due_at=timezone.now() + 10 * DAY)

    with pytest.raises(Refused, match="plus tardive"):
        extend(dossier, officer, days=9)


def test_nothing_is_extended_where_nothing_is_awaited(dossier, officer, author, late):
    extend(dossier, officer)
    answer(dossier, author)
    with pytest.raises(Refused, match="Aucun complément"):
        extend(dossier, officer, days=9)

    withdraw(dossier, actor=author)
    with pytest.raises(Refused, match="Aucun complément"):
        extend(dossier, officer, days=9)


@pytest.mark.parametrize("role", [Role.FINANCE, Role.AUDITOR])
def test_only_officers_and_managers_give_time(dossier, late, role):
    with pytest.raises(PermissionDenied):
        extend(dossier, make_staff(dossier.call.programme, role))

    assert extend(dossier, make_staff(dossier.call.programme, Role.MANAGER))


def test_an_officer_gives_it_from_the_page_of_the_dossier(client, dossier, officer, author, late):
    client.force_login(officer)
    sheet = client.get(reverse("screening:dossier", args=[dossier.pk])).content.decode()
    address = reverse("screening:extend_completion", args=[dossier.pk])
    assert f'href="{address}"' in sheet

    told = client.post(address, typed(), follow=True).content.decode()

    assert "Le délai est prolongé" in told
    assert "Délai de réponse prolongé" in told
    assert "Congés du comptable" in told
    client.force_login(author)
    assert (
        "Congés du comptable"
        in client.get(reverse("tracking:dossier", args=[dossier.pk])).content.decode()
    )


def typed(**more):
    until = timezone.localtime(timezone.now() + 5 * DAY).strftime("%Y-%m-%dT%H:%M")
    return {"until": until, "reason": "Congés du comptable", **more}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"until": ""}, "obligatoire"),
        ({"until": "demain"}, "Écrivez un jour et une heure"),
        ({"until": "2027-03-28T02:30"}, "n’existe pas"),
        ({"until": "2020-01-01T12:00"}, "plus tardive"),
        ({"until": "2099-01-01T12:00"}, "90 jours"),
        ({"reason": ""}, "pourquoi le délai"),
        ({"reason": "x" * 501}, "500"),
        ({"reason": "a\u202eb"}, "inverse la lecture"),
        ({"reason": "a\0b"}, "invisible interdit"),
    ],
)
def test_wrong_words_are_told_at_their_field_and_nothing_typed_is_lost(
    client, dossier, officer, late, wrong, sentence
):
    client.force_login(officer)
    address = reverse("screening:extend_completion", args=[dossier.pk])

    response = client.post(address, typed(**wrong))

    [name] = wrong
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in response.context["form"].errors[name][0]
    assert f'href="#id_{name}"' in page
    assert not dossier.history.filter(step="extend_completion").exists()
    if name == "until":
        assert "Congés du comptable</textarea>" in page


def test_page_costs_the_same_whatever_was_asked_before(
    client, count_queries, dossier, officer, late
):
    client.force_login(officer)
    address = reverse("screening:extend_completion", args=[dossier.pk])
    one = count_queries(lambda: client.get(address))
    for days in (3, 6, 9):
        extend(dossier, officer, days=days)

    assert count_queries(lambda: client.get(address)) == one == 4
