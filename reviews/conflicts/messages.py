"""What we tell about links seen in the data."""

from django.urls import reverse

from accounts.notifications.operations import notify
from reviews.experts.messages import officers


def found(call, links):
    """One message however many links: the officers have them to settle."""
    notify(
        officers(call),
        "links_found",
        link=reverse("conflicts:links", args=[call.pk]),
        call=call,
        links=links[:10],
        count=len(links),
        more=max(len(links) - 10, 0),
    )


def signalled(interest):
    """The reader learns that a dossier is closed to them, not which."""
    notify([interest.expert.user], "link_signalled", link=reverse("evaluations:desk"))


def confirmed(link):
    """The reader is told that it is over, not which dossier it was."""
    if link.expert.assignments.filter(dossier=link.dossier, state="recused").exists():
        notify([link.expert.user], "link_confirmed", link=reverse("evaluations:desk"))
