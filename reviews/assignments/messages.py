"""What we tell about who reads what."""

from django.urls import reverse

from accounts.notifications.operations import notify
from reviews.experts.messages import officers
from reviews.phases.veil import for_reader


def removed(assignment, reason):
    notify(
        [assignment.expert.user],
        "review_removed",
        link=reverse("evaluations:desk"),
        dossier=for_reader(assignment.dossier),
        reason=reason,
    )


def recused(assignment, interest):
    """The officers have a reader to find."""
    notify(
        officers(assignment.dossier.call),
        "review_recused",
        link=reverse("assignments:dossier", args=[assignment.dossier_id]),
        assignment=assignment,
        dossier=assignment.dossier,
        interest=interest,
    )
