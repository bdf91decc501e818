"""What we tell whom about the form of a call."""

from django.urls import reverse

from accounts.notifications.operations import notify
from accounts.organisations.permissions import WRITING
from accounts.people.models import User


def form_revised(call, changes):
    """Whoever writes a draft of this call, once each, whatever the number of their dossiers."""
    notify(
        writers_of_drafts(call),
        "form_revised",
        link=reverse("dossiers:list"),
        call=call,
        changes=changes,
    )


def writers_of_drafts(call):
    organisations = call.dossiers.filter(state="draft").values("organisation")
    return (
        User.objects.filter(
            is_active=True,
            memberships__organisation__in=organisations,
            memberships__left_at=None,
            memberships__role__in=WRITING,
        )
        .distinct()
        .order_by("pk")
    )
