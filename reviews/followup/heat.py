"""The map of readings: a row a dossier, a column an expert, a word in each cell that is used.

Both ways it is shown a page at a time: some dossiers, and some of the experts who read them.
"""

from typing import NamedTuple

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from accounts.people.naming import plain
from reviews.assignments.board import DECLARE, DOING, DONE, LATE, WAITING, readings_of

ROWS, COLUMNS = 25, 25
MOST = 1_000  # dossiers of one kind: whoever has more of them to look after begins with the first
LETTERS = {DONE: _("R"), LATE: _("!"), DOING: _("C"), WAITING: _("·"), DECLARE: _("L")}


class Cell(NamedTuple):
    state: str
    letter: str
    label: str


class Row(NamedTuple):
    pk: str
    reference: str
    title: str
    cells: tuple[Cell | None, ...]


def paged(call, dossiers, kind, wanted):
    """A page of dossiers, light. One kind of them is looked for once, as far as pages go."""
    light = "number", "title", "call_id"
    if not kind:
        page = Paginator(dossiers.only(*light), ROWS).get_page(wanted)
        return page, list(page)
    page = Paginator(list(dossiers.values_list("pk", flat=True)[:MOST]), ROWS).get_page(wanted)
    found = call.dossiers.only(*light).in_bulk(list(page))
    return page, [found[pk] for pk in page]


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
    names = {reading.expert_id: reading.expert for reading in readings}
    people = dict(sorted(names.items(), key=lambda p: plain(p[1])))
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
