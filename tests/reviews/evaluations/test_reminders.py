from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.notifications.models import Notification
from reviews.evaluations import operations
from reviews.evaluations.tasks import remind_of_evaluations
from tests.factories import make_assignment, make_dossier, make_evaluation

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(days=30)


def due_in(span, **overrides):
    now = timezone.now()
    values = {"due_at": now + span, "assigned_at": now - LONG_AGO, **overrides}
    return make_assignment(**values)


def kinds():
    return list(Notification.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("span", "kind"),
    [
        (timedelta(days=7, minutes=1), []),
        (timedelta(days=6, hours=23), ["review_due_week"]),
        (timedelta(days=1, minutes=5), ["review_due_week"]),
        (timedelta(hours=23), ["review_due_day"]),
        (timedelta(minutes=-1), ["review_late"]),
        (timedelta(days=-20), ["review_late"]),
    ],
)
def test_the_reminder_fits_the_day(span, kind):
    due_in(span)

    remind_of_evaluations()

    assert kinds() == kind


def test_running_twice_reminds_once():
    due_in(timedelta(days=3))

    remind_of_evaluations()
    remind_of_evaluations()

    assert kinds() == ["review_due_week"]


def test_one_reminder_tells_all_dossiers_of_a_day():
    first = due_in(timedelta(days=3))
    other = make_dossier(state="in_review", call=first.dossier.call)
    make_assignment(
        dossier=other,
        expert=first.expert,
        due_at=first.due_at,
        assigned_at=first.assigned_at,
    )

    remind_of_evaluations()

    [told] = Notification.objects.all()
    assert told.subject.startswith("2 évaluations")
    assert first.dossier.reference in told.body
    assert other.reference in told.body


def test_what_is_handed_in_is_not_asked_for():
    make_evaluation(assignment=due_in(timedelta(days=3)), submitted=True)

    remind_of_evaluations()

    assert kinds() == []


@pytest.mark.parametrize("state", ["recused", "removed"])
def test_who_no_longer_reads_is_left_alone(state):
    assignment = due_in(timedelta(days=3))
    type(assignment).objects.update(state=state)

    remind_of_evaluations()

    assert kinds() == []


def test_somebody_just_told_the_date_is_not_reminded_of_it():
    due_in(timedelta(days=3), assigned_at=timezone.now())

    remind_of_evaluations()

    assert kinds() == []


def test_week_day_and_lateness_follow_each_other():
    assignment = due_in(timedelta(days=6))
    for wait in (0, 5.5, 7, 8):
        now = timezone.now() + timedelta(days=wait)
        for expert, due_at in operations.to_remind(now=now):
            operations.remind(expert, due_at, now=now)

    assert kinds() == ["review_due_week", "review_due_day", "review_late"]
    assert assignment.expert.user.notifications.count() == 3
