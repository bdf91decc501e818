"""Who owes what, what they were reminded of, and what will be sent by itself."""

from datetime import timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.notifications.models import Notification
from grants.core.templatetags.french import moment
from reviews.evaluations.messages import DAY, LATE, WEEK, reminder_link
from reviews.evaluations.operations import REMINDERS
from reviews.followup.messages import NUDGE, link_of


class Debtor(NamedTuple):
    pk: str
    name: str
    waiting: str
    late: str
    due: str
    sent: str
    planned: str


def told(call, rows, *, now):
    """A page of those who owe something in words, with their reminders: one query more."""
    sent = reminders(call, rows)
    return [
        Debtor(
            pk=str(row.expert),
            name=row.name,
            waiting=str(row.waiting),
            late=str(row.late or ""),
            due=moment(row.due),
            sent=said(sent.get(row.user, ())),
            planned=planned(row.due, sent.get(row.user, ()), now=now),
        )
        for row in rows
    ]


def reminders(call, rows):
    """(kind, when) sent to each of them about these days, the oldest first."""
    links = {reminder_link(row.due) for row in rows} | {link_of(call)}
    found = (
        Notification.objects.filter(
            recipient__in=[row.user for row in rows],
            kind__in=[WEEK, DAY, LATE, NUDGE],
            link__in=links,
        )
        .order_by("created_at", "pk")
        .values_list("recipient", "kind", "created_at")
    )
    sent = {}
    for person, kind, at in found:
        sent.setdefault(person, []).append((kind, at))
    return sent


def said(sent):
    """The last one and how many there were."""
    if not sent:
        return _("aucune")
    kind, at = sent[-1]
    day = timezone.localtime(at).strftime("%d/%m à %H h %M")
    who = _("par le service") if kind == NUDGE else _("automatique")
    return _("%(n)d, la dernière le %(day)s (%(who)s)") % {"n": len(sent), "day": day, "who": who}


def planned(due, sent, *, now):
    """The next reminder that leaves by itself, if one still will."""
    known = {kind for kind, _at in sent}
    for kind, before in sorted(REMINDERS, key=lambda one: -one[1]):
        at = due - before
        ends = due - timedelta(days=1) if kind == WEEK else due
        if kind in known or (kind != LATE and now >= ends):
            continue
        return _("le %(moment)s") % {"moment": moment(max(at, now))} if at > now else _("sous peu")
    return _("aucune")
