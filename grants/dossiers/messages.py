"""What we tell whom about a dossier in its authors' hands."""

from accounts.notifications.models import Notification
from accounts.notifications.operations import notify
from accounts.organisations.permissions import READING, WRITING
from accounts.people.models import User
from grants.programmes.states import Role

REMINDER = "draft_reminder"


def submitted(dossier, submission):
    """The receipt to everybody in the company; officers hear of completions they asked for."""
    link = dossier.get_absolute_url()
    context = {"dossier": dossier, "submission": submission, "call": dossier.call}
    notify(colleagues(dossier), "dossier_submitted", link=link, **context)
    if submission.version > 1:
        notify(officers(dossier), "dossier_completed", link=link, **context)


def withdrawn(dossier, actor):
    notify(
        colleagues(dossier),
        "dossier_withdrawn",
        link=dossier.get_absolute_url(),
        dossier=dossier,
        call=dossier.call,
        actor=actor,
    )


def infected(dossier, document):
    """The company replaces it; once handed in, the officers have to know as well."""
    link = dossier.get_absolute_url()
    context = {"dossier": dossier, "document": document}
    notify(colleagues(dossier, roles=WRITING), "file_infected", link=link, **context)
    if not dossier.is_editable:
        notify(officers(dossier), "file_infected", link=link, **context)


def closing_soon(dossier, days):
    """Whoever was told of this milestone is not told again: the link remembers it."""
    link = f"{dossier.get_absolute_url()}#j-{days}"
    told = Notification.objects.filter(kind=REMINDER, link=link).values("recipient")
    people = colleagues(dossier, roles=WRITING).exclude(pk__in=told)
    return notify(people, REMINDER, link=link, dossier=dossier, call=dossier.call, days=days)


def colleagues(dossier, roles=READING):
    return User.objects.filter(
        is_active=True,
        memberships__organisation=dossier.organisation_id,
        memberships__left_at=None,
        memberships__role__in=roles,
    ).order_by("pk")


def officers(dossier):
    return (
        User.objects.filter(
            is_active=True,
            duties__programme=dossier.call.programme_id,
            duties__role=Role.OFFICER,
            duties__ended_at=None,
        )
        .distinct()
        .order_by("pk")
    )
