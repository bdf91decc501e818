"""What we tell the members of a committee."""

from django.conf import settings
from django.urls import reverse

from accounts.notifications.operations import notify


def convened(session, members):
    for member in members:
        notify(
            [member.user],
            "committee_convened",
            link=session.get_absolute_url(),
            session=session,
            call=session.call,
            part=member.get_part_display(),
            needs_password=not member.user.has_usable_password(),
            password_url=settings.SITE_URL + reverse("account_reset_password"),
        )


def cancelled(session):
    notify(
        [member.user for member in session.members.select_related("user")],
        "committee_cancelled",
        link=session.get_absolute_url(),
        session=session,
        call=session.call,
    )
