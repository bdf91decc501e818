from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import Refused, require
from grants.core.flow import write
from grants.core.wording import number
from reviews.committees import permissions as may
from reviews.committees.flow import FLOW, ITEM_FLOW
from reviews.committees.models import Attendance, Ballot, Withdrawal
from reviews.committees.operations.acting import hold, hold_item, hold_open, member_of, told
from reviews.committees.operations.preparing import build_agenda
from reviews.committees.out import is_out, known_out
from reviews.committees.records import Remark
from reviews.committees.states import CURRENT, ItemState
from reviews.panels.operations import require_firm
from reviews.phases.operations import require_right
from reviews.phases.rights import DECIDE

LONGEST_REMARK = 2_000


@transaction.atomic
def open_session(session, *, actor, at=None):
    """Begin: the agenda is worked out once more and then stays, as do the quorum and the mode.

    Not before the phase in which its members decide, and may know whom they rank.
    """
    hold(session)
    if session.state == "prepared":
        require(may.LEAD, actor, session)
        require_right(session.call, DECIDE)
        require_firm(session.call)
        check_ready(build_agenda(session))
    FLOW.take("open", session, actor=actor, opened_at=at or timezone.now())
    told(session)
    return session


def check_ready(standing):
    if standing.missing:
        raise Refused(
            ngettext(
                "Il manque encore %(n)s évaluation : le comité ne peut pas commencer.",
                "Il manque encore %(n)s évaluations : le comité ne peut pas commencer.",
                standing.missing,
            )
            % {"n": standing.missing}
        )
    if standing.unread or not standing.ranked:
        raise Refused(_("Des dossiers n’ont reçu aucune évaluation."))


@transaction.atomic
def arrive(session, member, *, actor, at=None):
    """A member is in the room, and undertakes to keep what is said secret."""
    hold_open(session)
    require_own_or_bureau(session, member, actor)
    if member.attendances.filter(left_at=None).exists():
        return session
    Attendance.objects.create(member=member, arrived_at=at or timezone.now(), noted_by=actor)
    told(session)
    return session


@transaction.atomic
def leave(session, member, *, actor, at=None):
    """A member leaves the room; votes already cast stand, the quorum is counted without them."""
    hold_open(session)
    require_own_or_bureau(session, member, actor)
    for attendance in member.attendances.filter(left_at=None):
        write(attendance, left_at=max(at or timezone.now(), attendance.arrived_at))
    told(session)
    return session


def require_own_or_bureau(session, member, actor):
    if member.session_id != session.pk:
        raise PermissionDenied
    if member.user_id != actor.pk:
        require(may.LEAD, actor, session)


@transaction.atomic
def call_up(item, *, actor):
    """Put a dossier before everybody; those known to be linked to it are out from this moment."""
    session = hold_item(item)
    require(may.LEAD, actor, session)
    for other in session.items.filter(state__in=CURRENT).exclude(pk=item.pk):
        if other.state == ItemState.VOTING:
            raise Refused(_("Un vote est ouvert : terminez-le avant de passer à un autre dossier."))
        ITEM_FLOW.take("set_aside", other, actor=actor)
    turn = item.round + 1 if item.state == ItemState.SETTLED else item.round
    ITEM_FLOW.take("call_up", item, actor=actor, round=turn, outcome="")
    note_known(item, actor=actor)
    told(session)
    return item


def note_known(item, *, actor):
    """Record as out whoever already has a link with the dossier."""
    known = known_out(item).exclude(withdrawals__item=item)
    for member in known:
        take_ballot_back(item, member)
        Withdrawal.objects.create(
            item=item, member=member, origin=Withdrawal.Origin.KNOWN, noted_by=actor
        )


def take_ballot_back(item, member):
    if item.state == ItemState.VOTING:
        Ballot.objects.filter(item=item, member=member, round=item.round).delete()


@transaction.atomic
def set_aside(item, *, actor):
    """Leave the dossier for later: nothing is concluded."""
    session = hold_item(item)
    ITEM_FLOW.take("set_aside", item, actor=actor)
    told(session)
    return item


@transaction.atomic
def withdraw(item, member, *, actor):
    """A member goes out for this dossier, for good: no sight of it, no voice, no ballot."""
    session = hold_item(item)
    require_own_or_bureau(session, member, actor)
    if item.state not in CURRENT:
        raise Refused(_("Ce dossier n’est pas en discussion."))
    if item.withdrawals.filter(member=member).exists():
        return item
    take_ballot_back(item, member)
    is_own = member.user_id == actor.pk
    origin = Withdrawal.Origin.DECLARED if is_own else Withdrawal.Origin.BUREAU
    Withdrawal.objects.create(item=item, member=member, origin=origin, noted_by=actor)
    told(session)
    return item


@transaction.atomic
def remark(item, text, *, actor):
    """Say something about the dossier under discussion, to those who are not out."""
    session = hold_item(item)
    member = member_of(session, actor)
    if is_out(item, actor):
        raise Refused(_("Vous êtes déporté de ce dossier."))
    if item.state not in CURRENT:
        raise Refused(_("Ce dossier n’est pas en discussion."))
    if not member.attendances.filter(left_at=None).exists():
        raise Refused(_("Signalez d’abord votre présence."))
    text = text.replace("\0", "").strip()
    if not text or len(text) > LONGEST_REMARK:
        raise Refused(_("Écrivez de 1 à %(most)s caractères.") % {"most": number(LONGEST_REMARK)})
    Remark.objects.create(item=item, author=actor, text=text)
    told(session)
    return item
