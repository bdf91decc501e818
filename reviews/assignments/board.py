"""How the readings of a call go: one word per reading, a grid and a list for officers."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.naming import plain
from grants.core.charts.grids import progress_grid
from grants.core.planned import planned_cursor
from grants.dossiers.numbering import reference_of

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


# Counted rather than looked for by EXISTS, which the planner answers by reading every row once.
READINGS = """
    SELECT a.id, a.dossier_id, d.number, d.title, a.expert_id,
        coalesce(nullif(u.full_name, ''), u.email), a.due_at, a.is_handed_in,
        (SELECT count(*) > 0 FROM reviews_interest i WHERE i.kind = 'none'
         AND i.expert_id = a.expert_id AND i.dossier_id = a.dossier_id),
        (SELECT count(s.value) FROM reviews_evaluation mine
         JOIN reviews_score s ON s.evaluation_id = mine.id WHERE mine.assignment_id = a.id)
    FROM reviews_assignment a
    JOIN grants_dossier d ON d.id = a.dossier_id
    JOIN reviews_expert e ON e.id = a.expert_id JOIN accounts_user u ON u.id = e.user_id
    WHERE a.state = 'active' AND {which} ORDER BY u.plain_name, a.id
"""
OF_DOSSIERS = READINGS.format(which="a.dossier_id = ANY(%s)")
OF_EXPERTS = READINGS.format(which="a.call_id = %s AND a.expert_id = ANY(%s) AND NOT a.is_held")


def readings_of(dossiers, *, now):
    """The active readings of these dossiers (keys), by the name of their expert."""
    return read(OF_DOSSIERS, [list(dossiers)], now)


def readings_by(experts, call, *, now):
    """Those of these experts (keys) in one call."""
    return read(OF_EXPERTS, [call, list(experts)], now)


def read(text, values, now):
    with planned_cursor() as cursor:
        cursor.execute(text, values)
        return [reading_in(row, now) for row in cursor.fetchall()]


def reading_in(row, now):
    *known, due_at, is_done, is_cleared, marks = row
    word = standing(is_done=is_done, is_late=due_at <= now, is_cleared=is_cleared, marks=marks)
    return Reading(*known, word, str(LABELS[word]))


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
