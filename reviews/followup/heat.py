"""The map of readings: a row a dossier, a column an expert, a word in each cell that is used."""

from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from reviews.assignments.board import DECLARE, DOING, DONE, HANDED_IN, LATE, WAITING, readings_of
from reviews.assignments.models import Assignment

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
