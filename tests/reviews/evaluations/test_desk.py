from datetime import timedelta

import pytest
from django.utils import timezone

from reviews.evaluations.desk import duration_of, finished_by, left_for, next_of
from reviews.evaluations.models import Evaluation
from tests.factories import make_assignment, make_dossier, make_evaluation, make_expert

pytestmark = pytest.mark.django_db


class Round:
    """One reviewer with three dossiers of one call, due at the same moment."""

    def __init__(self):
        self.evaluations = [make_evaluation()]
        first = self.evaluations[0].assignment
        self.expert, self.call = first.expert, first.dossier.call
        for _n in range(2):
            dossier = make_dossier(call=self.call, state="in_review")
            one = make_assignment(dossier=dossier, expert=self.expert, due_at=first.due_at)
            self.evaluations.append(make_evaluation(assignment=one))

    @property
    def user(self):
        return self.expert.user

    def dossiers(self):
        return [one.assignment.dossier for one in self.evaluations]

    def next_dossier(self):
        chosen = next_of(left_for(self.user))
        return next(e.assignment.dossier for e in self.evaluations if e.pk == chosen.evaluation)


def read_by_another(dossier):
    make_evaluation(
        assignment=make_assignment(dossier=dossier, expert=make_expert(dossier.call)),
        submitted=True,
    )


def test_the_dossier_the_least_read_comes_next():
    round_ = Round()
    first, second, third = round_.dossiers()
    read_by_another(first)
    read_by_another(first)
    read_by_another(third)

    assert round_.next_dossier() == second


def test_what_is_begun_comes_before_what_is_least_read():
    round_ = Round()
    first = round_.dossiers()[0]
    read_by_another(first)
    round_.evaluations[0].scores.filter(criterion__key="impact").update(value=3)

    assert round_.next_dossier() == first


def test_the_nearest_day_comes_first():
    round_ = Round()
    for one in round_.evaluations[:2]:
        one.assignment.due_at += timedelta(days=3)
        one.assignment.save()

    assert round_.next_dossier() == round_.dossiers()[2]


def test_twelve_readers_of_equal_dossiers_do_not_all_begin_with_the_same():
    dossiers = [make_dossier(state="in_review")]
    call = dossiers[0].call
    dossiers += [make_dossier(call=call, state="in_review") for _ in range(3)]
    begun = set()
    for _n in range(12):
        expert = make_expert(call)
        for dossier in dossiers:
            make_evaluation(assignment=make_assignment(dossier=dossier, expert=expert))
        begun.add(next_of(left_for(expert.user)).number)

    assert len(begun) >= 3


def test_how_long_it_takes_is_what_the_call_announces_first():
    round_ = Round()
    round_.evaluations[0].scores.filter(criterion__key="impact").update(value=3)

    told = duration_of(left_for(round_.user), finished_by(round_.user))

    # Two whole readings of 90 minutes and half of a third one.
    assert told.total == "3\u202fh\u202f45"
    assert told.source == "à 1\u202fh\u202f30 par dossier, durée annoncée par l’appel"


def test_then_it_is_measured_on_ones_own_readings():
    round_ = Round()
    for minutes in (20, 40, 41):
        dossier = make_dossier(call=round_.call, state="in_review")
        one = make_assignment(dossier=dossier, expert=round_.expert)
        make_evaluation(assignment=one, submitted=True, reading_seconds=60 * minutes)

    told = duration_of(left_for(round_.user), finished_by(round_.user))

    assert told.total == "2\u202fh"
    assert told.source.startswith("à votre rythme, 40\u202fmin par dossier, mesuré sur vos 3")


def test_time_is_counted_on_a_draft_only_and_by_short_beats(client):
    evaluation, other = Round().evaluations[:2]
    Evaluation.objects.filter(pk=other.pk).update(state="submitted", submitted_at=timezone.now())
    client.force_login(evaluation.assignment.expert.user)

    for one in (evaluation, other):
        for seconds in ("120", "99999999", "-3", "x", ""):
            client.post(f"/evaluations/{one.pk}/temps/", {"seconds": seconds})

    counted = Evaluation.objects.order_by("pk").values_list("reading_seconds", flat=True)
    assert list(counted[:2]) == [720, 0]


def test_ones_own_words_stay_after_the_dossier_is_closed(client):
    evaluation = make_evaluation(submitted=True, strengths="Une vraie avance.")
    dossier = evaluation.assignment.dossier
    client.force_login(evaluation.assignment.expert.user)
    for state in ("ranked", "awarded"):
        dossier.state = state
        dossier.save()

    desk = client.get("/evaluations/").content.decode()
    page = client.get(f"/evaluations/{evaluation.pk}/ma-grille/").content.decode()

    assert f"/evaluations/{evaluation.pk}/ma-grille/" in desk
    assert "Une vraie avance." in page
    assert "Le dossier et ses pièces vous sont fermés" in page
    assert client.get(f"/evaluations/{evaluation.pk}/").status_code == 404


def on(page):
    return sum(len(day.readings) for day, _rows in page.context["days"])


def test_a_long_desk_shows_the_nearest_and_a_page_of_what_is_done(client):
    round_ = Round()
    for n in range(30):
        dossier = make_dossier(call=round_.call, state="in_review")
        one = make_assignment(dossier=dossier, expert=round_.expert)
        make_evaluation(assignment=one, submitted=n < 4)
    client.force_login(round_.user)

    first, second = client.get("/evaluations/"), client.get("/evaluations/?page=2")
    done = client.get("/evaluations/?liste=remises")

    assert (on(first), on(second)) == (25, 4)
    assert (done.context["finished"].count("<li>"), done.context["days"]) == (4, [])
