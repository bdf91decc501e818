"""Which dossiers somebody reads in a session: those of the agenda, while held, in the room."""

from django.db.models import Q

from reviews.committees import permissions as may
from reviews.committees.models import Attendance, Item, Session
from reviews.committees.out import out_items
from reviews.committees.states import SessionState


def readable_by(user):
    here = Attendance.objects.filter(member__user=user.pk, left_at=None).values("member__session")
    staff = Session.objects.filter(may.staff.rows(user)).values("pk")
    shown = Item.objects.filter(
        Q(session__state=SessionState.OPEN, session__in=here) | Q(session__in=staff)
    )
    return shown.exclude(pk__in=out_items(shown.values("pk"), user).values("pk"))
