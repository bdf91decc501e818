"""How the readings of a call go: one word per reading, a grid and a list for officers."""

from typing import NamedTuple

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.core.charts.grids import progress_grid
from grants.core.naming import plain
from grants.dossiers.numbering import reference_of
from reviews.assignments.models import Assignment

HANDED_IN = "submitted"  # a state of the feature above this one
DONE, LATE, DOING, WAITING, DECLARE = "done", "late", "doing", "todo", "check"


def progress_of(assignment, *, now):
    """Where one reading stands; `assignment` comes from `with_progress`."""
    evaluation = getattr(assignment, "evaluation", None)
    return standing(
        is_done=evaluation is not None and evaluation.state == HANDED_IN,
        is_late=assignment.due_at <= now,
        is_cleared=assignment.is_cleared,
        marks=assignment.marks,
    )


def standing(*, is_done, is_late, is_cleared, marks):
    if is_done:
        return DONE
    if is_late:
        return LATE
    if not is_cleared:
        return DECLARE
    return DOING if marks else WAITING


LABELS = {
    DONE: gettext_lazy("Remise"),
    LATE: gettext_lazy("En retard"),
    DOING: gettext_lazy("Commencée"),
    WAITING: gettext_lazy("À commencer"),
    DECLARE: gettext_lazy("Lien à déclarer"),
}


def label_of(state):
    return LABELS[state]


class Key(NamedTuple):
    state: str
    label: str


def key():
    """What the squares mean."""
    return (
        *(Key(state, str(label_of(state))) for state in (DONE, DOING, LATE)),
        Key(WAITING, _("À commencer ou lien à déclarer")),
    )


def badges(assignments, *, now):
    """Each of them with the word for where it stands; they come from `with_progress`."""
    for assignment in assignments:
        state = progress_of(assignment, now=now)
        yield {"assignment": assignment, "state": state, "label": label_of(state)}


class Reading(NamedTuple):
    """An active reading, light: a grid holds hundreds."""

    pk: int
    dossier_id: int
    number: int
    title: str
    expert_id: int
    expert: str
    state: str
    label: str


def readings_of(assignments, *, now):
    """The active ones among `assignments`, by the name of their expert."""
    return [
        reading_in(row, now)
        for row in assignments.for_grid().values_list(
            "pk", "dossier_id", "dossier__number", "dossier__title", "expert_id",
            "expert__user__full_name", "expert__user__email", "due_at", "evaluation__state",
            "is_cleared", "marks",
        )
    ]  # fmt: skip


def reading_in(row, now):
    *known, name, email, due_at, state, is_cleared, marks = row
    word = standing(
        is_done=state == HANDED_IN, is_late=due_at <= now, is_cleared=is_cleared, marks=marks
    )
    return Reading(*known, name or email, word, str(LABELS[word]))


def totals(dossiers, *, now):
    """Readings given, handed in and late over all dossiers, counted by the database."""
    done = Q(evaluation__state=HANDED_IN)
    return (
        Assignment.objects.active()
        .filter(dossier__in=dossiers.order_by())
        .aggregate(
            given=Count("pk"),
            done=Count("pk", filter=done),
            late=Count("pk", filter=~done & Q(due_at__lte=now)),
        )
    )


def grid(call, readings, *, is_part=False):
    """One row a reviewer, one square a dossier, in the order of the dossiers' numbers."""
    rows = {}
    for reading in sorted(readings, key=lambda r: (plain(r.expert), r.expert_id, r.number)):
        reference = reference_of(call.code, reading.number)
        told = f"{reference} — {reading.title}\u202f: {reading.label}"
        rows.setdefault(reading.expert_id, (reading.expert, []))[1].append((reading.state, told))
    return progress_grid(
        list(rows.values()),
        title=_("Avancement par expert"),
        desc=_("Un carré par dossier montré sur cette page.")
        if is_part
        else _("Un carré par dossier confié."),
    )


def lines(dossiers, readings, *, wanted):
    """One line a dossier: its readers, and how many are missing."""
    readers = {}
    for reading in readings:
        readers.setdefault(reading.dossier_id, []).append(reading)
    return [
        {
            "dossier": dossier,
            "readers": readers.get(dossier.pk, []),
            "missing": max(wanted - len(readers.get(dossier.pk, [])), 0),
        }
        for dossier in dossiers
    ]
