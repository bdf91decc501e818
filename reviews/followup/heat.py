"""The map of readings: a row a dossier, a column an expert, a word in each cell that is used.

Both ways it is shown a page at a time: some dossiers, and some of the experts who read them.
"""

from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from reviews.assignments.board import DECLARE, DOING, DONE, LATE, WAITING, readings_of
from reviews.assignments.models import Assignment

COLUMNS = 25
LETTERS = {DONE: _("R"), LATE: _("!"), DOING: _("C"), WAITING: _("·"), DECLARE: _("L")}
KINDS = {
    "": _("Tous les dossiers"),
    "late": _("Avec un retard"),
    "short": _("Lecteurs à trouver"),
    "done": _("Toutes les lectures remises"),
}


class Cell(NamedTuple):
    state: str
    letter: str
    label: str


class Row(NamedTuple):
    pk: str
    reference: str
    title: str
    cells: tuple[Cell | None, ...]


def narrowed(dossiers, kind, call, *, now):
    """The dossiers of one kind; an unknown kind is all of them."""
    active = Assignment.objects.active().filter(dossier=OuterRef("pk"))
    if kind == "late":
        late = Assignment.objects.active().filter(call=call, is_handed_in=False, is_held=False)
        return dossiers.filter(pk__in=late.filter(due_at__lte=now).values("dossier"))
    if kind == "done":
        return dossiers.filter(Exists(active)).exclude(Exists(active.filter(is_handed_in=False)))
    if kind == "short":
        readers = Count("assignments", filter=Q(assignments__state="active"))
        return dossiers.annotate(readers=readers).filter(readers__lt=call.reviews_per_dossier)
    return dossiers


class Map(NamedTuple):
    """`windows` says which experts each part holds, from the first to the last."""

    people: list[str]
    rows: list[Row]
    windows: list[tuple[int, int]]
    shown: int
    experts: int


def heat(dossiers, wanted, *, now):
    """Columns by name, rows in the order given; `wanted` is the part of the experts shown."""
    readings = readings_of([dossier.pk for dossier in dossiers], now=now)
    people = dict(sorted({r.expert_id: r.expert for r in readings}.items(), key=lambda p: p[1]))
    windows = [
        (first + 1, min(first + COLUMNS, len(people))) for first in range(0, len(people), COLUMNS)
    ]
    shown = min(max(wanted, 1), len(windows) or 1)
    columns = list(people)[COLUMNS * (shown - 1) : COLUMNS * shown]
    place = {pk: column for column, pk in enumerate(columns)}
    cells = {dossier.pk: [None] * len(columns) for dossier in dossiers}
    for reading in readings:
        if reading.expert_id in place:
            cell = Cell(reading.state, str(LETTERS[reading.state]), reading.label)
            cells[reading.dossier_id][place[reading.expert_id]] = cell
    rows = [Row(str(d.pk), d.reference, d.title, tuple(cells[d.pk])) for d in dossiers]
    return Map([people[pk] for pk in columns], rows, windows, shown, len(people))
