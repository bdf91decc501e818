"""The map of readings: a row a dossier, a column an expert, a word in each cell that is used."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from reviews.assignments.board import DECLARE, DOING, DONE, LATE, WAITING, readings_of
from reviews.assignments.models import Assignment

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


def heat(call, dossiers, *, now):
    """Columns by name, rows in the order given."""
    readings = readings_of(Assignment.objects.filter(dossier__in=dossiers), now=now)
    people = {reading.expert_id: reading.expert for reading in readings}
    place = {pk: column for column, pk in enumerate(people)}
    cells = {dossier.pk: [None] * len(people) for dossier in dossiers}
    for reading in readings:
        cell = Cell(reading.state, str(LETTERS[reading.state]), reading.label)
        cells[reading.dossier_id][place[reading.expert_id]] = cell
    rows = [Row(str(d.pk), d.reference, d.title, tuple(cells[d.pk])) for d in dossiers]
    return list(people.values()), rows
