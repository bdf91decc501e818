"""Who owes what, what they were reminded of, and what will be sent by itself."""

from datetime import timedelta
from typing import NamedTuple

from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.notifications.models import Notification
from grants.core.naming import by_name
from grants.core.templatetags.french import moment
from reviews.evaluations.messages import DAY, LATE, WEEK, reminder_link
from reviews.evaluations.operations import REMINDERS, awaited
from reviews.followup.messages import NUDGE, link_of


class Debtor(NamedTuple):
    pk: str
    name: str
    waiting: int
    late: int
    due: str
    sent: str
    planned: str


def debtors(call, *, now):
    """Those who still owe something, the latest first: (expert, waiting, late, first due)."""
    return (
        awaited(now=now)
        .filter(dossier__call=call)
        .select_related(None)
        .order_by()
        .values("expert_id", "expert__user_id", "expert__user__full_name", "expert__user__email")
        .annotate(
            waiting=Count("pk"),
            late=Count("pk", filter=Q(due_at__lte=now)),
            due=Min("due_at"),
        )
        .order_by("-late", "due", by_name("expert__user__full_name"), "expert_id")
    )


def told(call, rows, *, now):
    """A page of them in words, with their reminders: one query more."""
    sent = reminders(call, rows)
    return [
        Debtor(
            pk=str(row["expert_id"]),
            name=row["expert__user__full_name"] or row["expert__user__email"],
            waiting=row["waiting"],
            late=row["late"],
            due=moment(row["due"]),
            sent=said(sent.get(row["expert__user_id"], ())),
            planned=planned(row["due"], sent.get(row["expert__user_id"], ()), now=now),
        )
        for row in rows
    ]


def reminders(call, rows):
    """(kind, when) sent to each of them about these days, the oldest first."""
    links = {reminder_link(row["due"]) for row in rows} | {link_of(call)}
    found = (
        Notification.objects.filter(
            recipient__in=[row["expert__user_id"] for row in rows],
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
