"""What every act in a session begins and ends with."""

from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import lock, write
from reviews.committees import permissions as may
from reviews.committees.states import SessionState


def hold(session):
    """One act at a time in a session: whoever comes second sees what the first one did."""
    lock(session)


def hold_open(session):
    hold(session)
    if session.state != SessionState.OPEN:
        raise Refused(_("Cette séance n’est pas ouverte."))


def hold_item(item):
    """The item with its session held open."""
    session = item.session
    hold_open(session)
    item.refresh_from_db()
    item.session = session
    return session


def told(session):
    """Something changed: every screen of the room asks for it within its next second."""
    write(session, version=session.version + 1)


def member_of(session, actor):
    """The place of the person who acts; asking without one is not allowed."""
    require(may.SIT, actor, session)
    return session.members.select_related("user").get(user=actor)
