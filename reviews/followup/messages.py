"""What officers tell reviewers by hand, beside the reminders that leave by themselves."""

from django.urls import reverse

from accounts.notifications.operations import notify
from reviews.evaluations.messages import unnamed

NUDGE = "review_nudge"


def nudged(call, expert, assignments):
    notify(
        [expert.user],
        NUDGE,
        link=link_of(call),
        call=call,
        assignments=unnamed(assignments),
        count=len(assignments),
        due_at=min(assignment.due_at for assignment in assignments),
    )


def link_of(call):
    """The desk, at this call: one call, one address."""
    return f"{reverse('evaluations:desk')}#appel-{call.pk}"
