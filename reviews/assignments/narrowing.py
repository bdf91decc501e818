"""Some of a call's dossiers: those of one kind, those of one expert."""

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from reviews.assignments.models import Assignment
from reviews.assignments.tally import ReadingTally
from reviews.experts.models import Expert

KINDS = {
    "": _("Tous les dossiers"),
    "late": _("Avec un retard"),
    "short": _("Lecteurs à trouver"),
    "done": _("Toutes les lectures remises"),
}
NAMED = 200  # experts offered in a list; of more, one is reached from the pool


def narrowed(dossiers, kind, call, *, now):
    """The dossiers of one kind; an unknown kind is all of them."""
    active = Assignment.objects.active().filter(call=call).order_by()
    if kind == "late":
        late = active.filter(is_handed_in=False, is_held=False, due_at__lte=now)
        return dossiers.filter(pk__in=late.values("dossier"))
    if kind == "done":
        theirs = Assignment.objects.active().filter(dossier=OuterRef("pk"))
        return dossiers.filter(Exists(theirs), ~Exists(theirs.filter(is_handed_in=False)))
    if kind == "short":
        counted = active.values("dossier").annotate(given=Count("dossier"))
        enough = counted.filter(given__gte=call.reviews_per_dossier)
        return dossiers.exclude(pk__in=enough.values("dossier"))
    return dossiers


def readers_in(call, people, *, asked=""):
    """(text of the key, name) of those who read in this call, by name. Of too many `people` for a
    list, only the one asked for (as typed), if there is such a one."""
    readers = ReadingTally.objects.filter(call=call, given__gt=0).values("expert")
    found = Expert.objects.filter(pk__in=readers)
    if people > NAMED:
        is_key = asked.isascii() and asked.isdigit() and len(asked) < 18
        found = found.filter(pk=asked if is_key else 0)
    rows = found.order_by("user__plain_name", "pk")
    told = rows.values_list("pk", "user__full_name", "user__email")
    return [(str(pk), name or email) for pk, name, email in told]


def read_by(dossiers, expert):
    given = Assignment.objects.active().filter(expert=expert)
    return dossiers.filter(pk__in=given.values("dossier"))
