from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from accounts.notifications.models import Notification
from grants.core.flow import lock
from reviews.assignments import permissions as may
from reviews.evaluations.operations import awaited
from reviews.experts.models import Expert
from reviews.followup import messages

QUIET = timedelta(hours=20)  # one nudge a day is enough


@transaction.atomic
def nudge(call, expert, *, actor, at=None):
    """Remind one reader now of all they owe this call; once a day at most."""
    require(may.PLAN, actor, call)
    at = at or timezone.now()
    lock(expert)
    waiting = list(awaited(now=at).filter(dossier__call=call, expert=expert))
    if not waiting:
        raise Refused(_("%(expert)s n’a plus rien à remettre.") % {"expert": expert})
    if last_nudge(call, expert, since=at - QUIET):
        raise Refused(_("%(expert)s a déjà été relancé aujourd’hui.") % {"expert": expert})
    messages.nudged(call, expert, waiting)
    return waiting


def last_nudge(call, expert, *, since):
    return Notification.objects.filter(
        recipient=expert.user_id,
        kind=messages.NUDGE,
        link=messages.link_of(call),
        created_at__gt=since,
    ).exists()


def nudge_late(call, *, actor, at=None):
    """Remind every late reader of the call; who was reminded today is counted apart."""
    require(may.PLAN, actor, call)
    at = at or timezone.now()
    late = awaited(now=at).filter(dossier__call=call, due_at__lte=at).order_by().values("expert")
    done, refused = [], []
    for expert in Expert.objects.filter(pk__in=late).select_related("user").order_by("pk"):
        try:
            nudge(call, expert, actor=actor, at=at)
            done.append(expert)
        except Refused:
            refused.append(expert)
    return done, refused
