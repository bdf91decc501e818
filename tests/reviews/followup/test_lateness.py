from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.access import Refused
from accounts.notifications.models import Notification
from grants.programmes.states import Role
from reviews.assignments.counting import debtors_of
from reviews.evaluations.tasks import remind_of_evaluations
from reviews.followup.lateness import told
from reviews.followup.operations import nudge, nudge_late
from tests.factories import make_assignment, make_dossier, make_evaluation, make_expert, make_staff
from tests.reviews.assignments.scene import Pool

pytestmark = pytest.mark.django_db

MONTH = timedelta(days=30)


@pytest.fixture
def pool():
    return Pool(dossiers=0, experts=0)


def owe(pool, *, days, expert=None):
    now = timezone.now()
    dossier = make_dossier(call=pool.call, state="in_review")
    expert = expert or make_expert(pool.call)
    due_at = now + timedelta(days=days)
    return make_assignment(dossier=dossier, expert=expert, due_at=due_at, assigned_at=now - MONTH)


def lines(pool):
    now = timezone.now()
    return told(pool.call, debtors_of(pool.call.pk, now=now, start=0, most=25), now=now)


def test_the_latest_come_first_and_who_handed_in_owes_nothing(pool):
    early, late = owe(pool, days=9), owe(pool, days=-1)
    make_evaluation(assignment=owe(pool, days=-2), submitted=True)

    assert [(one.name, one.waiting, one.late) for one in lines(pool)] == [
        (str(late.expert), "1", "1"),
        (str(early.expert), "1", ""),
    ]


def test_a_day_is_told_at_the_hour_of_paris(pool):
    reading = owe(pool, days=9)
    type(reading).objects.filter(pk=reading.pk).update(due_at=datetime(2037, 7, 1, 10, tzinfo=UTC))

    [line] = lines(pool)

    assert line.due.endswith("à\xa012\u202fh\u202f00")
    assert line.planned.endswith("à\xa012\u202fh\u202f00")


@pytest.mark.parametrize(
    ("days", "sent", "planned"),
    [(9, "aucune", "le "), (3, "1, la dernière", "le "), (-1, "1, la dernière", "aucune")],
)
def test_reminders_sent_and_planned_are_told(pool, days, sent, planned):
    owe(pool, days=days)
    remind_of_evaluations()

    [line] = lines(pool)

    assert line.sent.startswith(sent)
    assert line.planned.startswith(planned)


def test_a_reminder_due_but_not_gone_yet_leaves_soon(pool):
    owe(pool, days=3)

    assert lines(pool)[0].planned == "sous peu"


def test_one_nudge_a_day_names_all_that_is_owed(pool):
    first = owe(pool, days=-1)
    second = owe(pool, days=4, expert=first.expert)

    nudge(pool.call, first.expert, actor=pool.officer)

    said = Notification.objects.get(kind="review_nudge")
    assert said.subject == "2 évaluations vous attendent"
    assert first.dossier.reference in said.body
    assert second.dossier.reference in said.body
    with pytest.raises(Refused, match="déjà été relancé"):
        nudge(pool.call, first.expert, actor=pool.officer)
    later = timezone.now() + timedelta(hours=21)
    assert nudge(pool.call, first.expert, actor=pool.officer, at=later)
    assert lines(pool)[0].sent.startswith("2, ")


def test_nobody_is_nudged_for_nothing(pool):
    expert = make_expert(pool.call)

    with pytest.raises(Refused, match="plus rien à remettre"):
        nudge(pool.call, expert, actor=pool.officer)


def test_all_late_ones_are_nudged_and_no_other(pool):
    late, told_already, _early = owe(pool, days=-1), owe(pool, days=-3), owe(pool, days=2)
    nudge(pool.call, told_already.expert, actor=pool.officer)

    done, refused = nudge_late(pool.call, actor=pool.officer)

    assert (done, refused) == ([late.expert], [told_already.expert])


def test_an_auditor_presses_nobody(pool):
    owe(pool, days=-1)

    with pytest.raises(PermissionDenied):
        nudge_late(pool.call, actor=make_staff(pool.call.programme, Role.AUDITOR))
