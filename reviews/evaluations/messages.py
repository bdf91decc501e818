"""What we tell reviewers about their evaluations."""

from copy import copy

from django.urls import reverse
from django.utils import timezone

from accounts.notifications.models import Notification
from accounts.notifications.operations import notify
from reviews.phases.veil import for_reader, for_readers

WEEK, DAY, LATE = "review_due_week", "review_due_day", "review_late"


def assigned(assignments):
    """One message per reviewer, however many dossiers they were given."""
    by_expert = {}
    for assignment in assignments:
        by_expert.setdefault(assignment.expert, []).append(assignment)
    for expert, given in by_expert.items():
        notify(
            [expert.user],
            "review_assigned",
            link=reverse("evaluations:desk"),
            assignments=unnamed(given),
            count=len(given),
            call=given[0].dossier.call,
            due_at=given[0].due_at,
        )


def reopened(evaluation, reason):
    notify(
        [evaluation.assignment.expert.user],
        "review_reopened",
        link=reverse("evaluations:evaluate", args=[evaluation.pk]),
        dossier=for_reader(evaluation.assignment.dossier),
        reason=reason,
    )


def made_stale(evaluation, flags):
    notify(
        [evaluation.assignment.expert.user],
        "review_stale",
        link=reverse("evaluations:stale", args=[evaluation.pk]),
        dossier=for_reader(evaluation.assignment.dossier),
        flags=flags,
    )


def reminded(expert, kind, due_at, assignments):
    notify(
        [expert.user],
        kind,
        link=reminder_link(due_at),
        assignments=unnamed(assignments),
        count=len(assignments),
        due_at=due_at,
    )


def was_reminded(expert, kind, due_at):
    return Notification.objects.filter(
        recipient=expert.user_id, kind=kind, link=reminder_link(due_at)
    ).exists()


def reminder_link(due_at):
    """The desk, at what is due that day: one day, one address, one reminder of each kind."""
    day = timezone.localtime(due_at).date()
    return f"{reverse('evaluations:desk')}#le-{day.isoformat()}"


def unnamed(assignments):
    """Readings as they are told to their reader, who may not know whose dossiers they are."""
    shown = [copy(assignment) for assignment in assignments]
    dossiers = for_readers([assignment.dossier for assignment in shown])
    for assignment, dossier in zip(shown, dossiers, strict=True):
        assignment.dossier = dossier
    return shown
