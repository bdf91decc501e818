from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.flow import write
from reviews.committees import permissions as may
from reviews.committees.flow import FLOW, ITEM_FLOW
from reviews.committees.live import left_of
from reviews.committees.minutes import digest_of, record_of
from reviews.committees.models import Attendance
from reviews.committees.operations.acting import hold
from reviews.committees.order import Line, placed
from reviews.committees.records import Minutes
from reviews.committees.states import CURRENT, ItemState, SessionState
from reviews.panels import operations as panels


@transaction.atomic
def close(session, *, actor, at=None):
    """End the session: minutes are sealed, the order is handed over, nothing changes any more.

    Two people who close at once close once: the second finds the session closed.
    """
    at = at or timezone.now()
    hold(session)
    if session.state == SessionState.CLOSED:
        raise Refused(_("La séance vient d’être close par une autre personne."))
    require(may.CLOSE, actor, session)
    if session.state != SessionState.OPEN:
        raise Refused(_("Cette séance n’est pas ouverte."))
    end_discussion(session, actor)
    for attendance in Attendance.objects.filter(member__session=session, left_at=None):
        write(attendance, left_at=max(at, attendance.arrived_at))
    FLOW.take("close", session, actor=actor, closed_at=at, version=session.version + 1)
    panels.settle(session.call, actor=actor, revise=lambda order: sealed(session, order))
    return session


def end_discussion(session, actor):
    for item in session.items.filter(state__in=CURRENT):
        if item.state == ItemState.VOTING:
            raise Refused(_("Un vote est ouvert : terminez-le avant de clore la séance."))
        ITEM_FLOW.take("set_aside", item, actor=actor)


def sealed(session, order):
    """The order as the committee leaves it; the minutes that tell it are kept with their digest."""
    items = {item.dossier_id: item for item in session.items.all()}
    changed = set(items) ^ {line.dossier_id for line in order.lines}
    if changed:
        raise Refused(_("Des dossiers sont entrés en évaluation ou en sont sortis depuis."))
    lines = {line.dossier_id: line for line in order.lines}
    places = placed((line_of(lines[pk], item) for pk, item in items.items()), left_of(session.call))
    content = record_of(session, places)
    digest = digest_of(content)
    Minutes.objects.create(session=session, content=content, sha256=digest)
    return replace(
        order,
        lines=tuple(replace(lines[p.line.dossier_id], rank=p.place, score=p.score) for p in places),
        content={**order.content, "committee": {"session": session.pk, "minutes_sha256": digest}},
    )


def line_of(line, item):
    return Line(
        dossier_id=line.dossier_id,
        rank=line.rank,
        score=line.score,
        agreed=item.agreed,
        amount=item.amount,
    )
