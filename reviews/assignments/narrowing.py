"""Some of a call's dossiers: those of one kind, those of one expert."""

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from grants.core.naming import by_name
from reviews.assignments.board import HANDED_IN
from reviews.assignments.models import Assignment
from reviews.experts.models import Expert

KINDS = {
    "": _("Tous les dossiers"),
    "late": _("Avec un retard"),
    "short": _("Lecteurs à trouver"),
    "done": _("Toutes les lectures remises"),
}


def narrowed(dossiers, kind, *, wanted, now):
    """The dossiers of one kind; an unknown kind is all of them."""
    active = Assignment.objects.active().filter(dossier=OuterRef("pk"))
    open_ones = active.exclude(evaluation__state=HANDED_IN)
    if kind == "late":
        return dossiers.filter(Exists(open_ones.filter(due_at__lte=now)))
    if kind == "done":
        return dossiers.filter(Exists(active)).exclude(Exists(open_ones))
    if kind == "short":
        readers = Count("assignments", filter=Q(assignments__state="active"))
        return dossiers.annotate(readers=readers).filter(readers__lt=wanted)
    return dossiers


def readers_in(call):
    """(text of the key, name) of those who read in this call, by name."""
    active = Assignment.objects.active().filter(dossier__call=call).order_by()
    known = Expert.objects.filter(pk__in=active.values("expert"))
    rows = known.order_by(by_name("user__full_name"), "pk")
    return [
        (str(pk), name or email)
        for pk, name, email in rows.values_list("pk", "user__full_name", "user__email")
    ]


def read_by(dossiers, expert):
    given = Assignment.objects.active().filter(expert=expert)
    return dossiers.filter(pk__in=given.values("dossier"))
