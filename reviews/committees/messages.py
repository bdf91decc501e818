"""What we tell the members of a committee."""

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
        )


def cancelled(session):
    notify(
        [member.user for member in session.members.select_related("user")],
        "committee_cancelled",
        link=session.get_absolute_url(),
        session=session,
        call=session.call,
    )
