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


def set_aside(assignment, link):
    """The reader learns that a link is looked into; the officers, that one is to be settled."""
    notify([assignment.expert.user], "review_set_aside", link=reverse("evaluations:desk"))
    notify(
        officers(assignment.dossier.call),
        "link_interrupts_review",
        link=reverse("conflicts:link", args=[link.pk]),
        assignment=assignment,
        dossier=assignment.dossier,
    )


def restored(assignment):
    notify(
        [assignment.expert.user],
        "review_restored",
        link=reverse("evaluations:desk"),
        dossier=for_reader(assignment.dossier),
    )
