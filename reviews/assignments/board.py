"""How the readings of a call go: one word per reading, a grid and a list for officers."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.core.charts.grids import progress_grid
from reviews.assignments.models import Assignment

DONE, LATE, DOING, WAITING, DECLARE = "done", "late", "doing", "todo", "check"


def progress_of(assignment, *, now):
    """Where one reading stands; `assignment` comes from `with_progress`."""
    evaluation = getattr(assignment, "evaluation", None)
    if evaluation is not None and evaluation.state == "submitted":
        return DONE
    if assignment.due_at <= now:
        return LATE
    if not assignment.is_cleared:
        return DECLARE
    return DOING if assignment.marks else WAITING


LABELS = {
    DONE: gettext_lazy("Remise"),
    LATE: gettext_lazy("En retard"),
    DOING: gettext_lazy("Commencée"),
    WAITING: gettext_lazy("À commencer"),
    DECLARE: gettext_lazy("Lien à déclarer"),
}


def label_of(state):
    return LABELS[state]


def key():
    """What the squares mean."""
    return [{"state": state, "label": label_of(state)} for state in (DONE, DOING, LATE)] + [
        {"state": WAITING, "label": _("À commencer ou lien à déclarer")}
    ]


def readings_of(call, dossiers):
    """The active readings of these dossiers, each knowing its call."""
    readings = list(Assignment.objects.filter(dossier__in=dossiers).for_grid())
    for reading in readings:
        reading.dossier.call = call
    return readings


def totals(dossiers, *, now):
    """Readings given, handed in and late over all dossiers, counted by the database."""
    done = Q(evaluation__state="submitted")
    return (
        Assignment.objects.active()
        .filter(dossier__in=dossiers.order_by())
        .aggregate(
            given=Count("pk"),
            done=Count("pk", filter=done),
            late=Count("pk", filter=~done & Q(due_at__lte=now)),
        )
    )


def grid(assignments, *, now):
    """One row a reviewer, one square a dossier, in the order of the dossiers' numbers."""
    rows = {}
    for assignment in sorted(assignments, key=lambda a: (str(a.expert), a.dossier.number)):
        state = progress_of(assignment, now=now)
        told = (
            f"{assignment.dossier.reference} — {assignment.dossier.title}\u202f: {label_of(state)}"
        )
        rows.setdefault(assignment.expert_id, (str(assignment.expert), []))[1].append((state, told))
    return progress_grid(
        list(rows.values()),
        title=_("Avancement par expert"),
        desc=_("Un carré par dossier confié."),
    )


def lines(dossiers, assignments, *, wanted, now):
    """One line a dossier: its readers, and how many are missing."""
    readers = {}
    for assignment in assignments:
        state = progress_of(assignment, now=now)
        readers.setdefault(assignment.dossier_id, []).append(
            {"assignment": assignment, "state": state, "label": label_of(state)}
        )
    return [
        {
            "dossier": dossier,
            "readers": readers.get(dossier.pk, []),
            "missing": max(wanted - len(readers.get(dossier.pk, [])), 0),
        }
        for dossier in dossiers
    ]
