"""What we tell people about the team they are asked to join or are part of."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.notifications.operations import notify, plain, post


def invited(invitation, token):
    """The only place where the key is written; the base keeps its digest."""
    values = {
        "invitation": invitation,
        "organisation": invitation.organisation,
        "url": settings.SITE_URL + reverse("teams:join", args=[token]),
        "site": settings.SITE_NAME,
    }
    with translation.override(invitation.invited_by.language):
        subject, _blank, body = plain("notifications/team_invited.txt", values).partition("\n")
    post(address=invitation.email, subject=subject, text=body.strip())


def joined(invitation, person):
    tell(invitation.organisation, [invitation.invited_by], "team_joined", person=person)


def removed(membership):
    tell(membership.organisation, [membership.user], "team_removed", link="")


def named(membership, actor):
    """Who is named, or no longer, unless they did it themselves."""
    if membership.user_id != actor.pk:
        tell(
            membership.organisation, [membership.user], "team_represents",
            membership=membership, actor=actor,
        )  # fmt: skip


def tell(organisation, people, kind, **context):
    link = context.pop("link", reverse("teams:team", args=[organisation.pk]))
    notify(people, kind, link=link, organisation=organisation, **context)
