"""What a filled-in spreadsheet would change, cell by cell; nothing is stored here."""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reviews.evaluations.grid import Wrong
from reviews.evaluations.workbook import MARK, ROW, TEXT, VERSIONS, headings, lines_of

MOST = 400
CHANGE, CLASH, ERASE, REFUSED = "change", "clash", "erase", "refused"


@dataclass(frozen=True)
class Difference:
    """One cell that is not what is stored: its line in the file, both texts, what is told."""

    line: int
    reference: str
    label: str
    before: str
    after: str
    kind: str
    told: str = ""
    packed: str = ""

    @property
    def is_refused(self):
        return self.kind == REFUSED

    @property
    def is_ticked(self):
        """What changes a text written elsewhere meanwhile, or takes one away, is chosen by hand."""
        return self.kind == CHANGE


@dataclass(frozen=True)
class Comparison:
    differences: tuple[Difference, ...]
    same: int

    @property
    def accepted(self):
        return [one for one in self.differences if not one.is_refused][:MOST]

    @property
    def refused(self):
        return [one for one in self.differences if one.is_refused]

    @property
    def is_cut(self):
        return sum(not one.is_refused for one in self.differences) > MOST


class Foreign(ValueError):
    """The file is not one of ours; the text says what to do."""


def compare(rows, evaluations, fields):
    """`rows` as uploaded; `evaluations` one may still write, by primary key, with their fields."""
    (_line, head), *body = rows
    if [cell.text.strip() for cell in head[: ROW + 1]] != headings()[: ROW + 1]:
        raise Foreign(
            _("La première ligne n’est pas celle du fichier téléchargé : repartez de ce fichier.")
        )
    known = {
        f"{pk}-{line.key}": (evaluation, line)
        for pk, evaluation in evaluations.items()
        for line in lines_of(fields[pk])
    }
    seen, found, same = {}, [], 0
    for number, cells in body:
        row = Row(number, cells)
        for one in compared(row, known, seen):
            if one is None:
                same += 1
            else:
                found.append(one)
    return Comparison(tuple(found), same)


class Row:
    """A line of the file, whose missing cells are empty."""

    def __init__(self, number, cells):
        self.number, self.cells = number, cells

    def cell(self, place):
        return self.cells[place] if place < len(self.cells) else None

    def text(self, place):
        cell = self.cell(place)
        return "" if cell is None else cell.text.strip()

    def is_formula(self, place):
        cell = self.cell(place)
        return cell is not None and cell.is_formula

    @property
    def versions(self):
        return (*self.text(VERSIONS).split(" "), "", "")[:2]


def compared(row, known, seen):
    """None for a cell that says what is stored, a Difference for any other."""
    key = row.text(ROW)
    if key not in known:
        yield refusal(
            row, _("Ce repère n’est pas celui d’une évaluation que vous pouvez modifier.")
        )
        return
    evaluation, line = known[key]
    for place, field, version in zip((MARK, TEXT), (line.mark, line.text), row.versions,
                                     strict=True):  # fmt: skip
        if field is None:
            if row.text(place):
                yield refusal(row, _("Cette cellule ne se remplit pas sur cette ligne."), place)
            continue
        first, text = seen.setdefault((key, place), (row.number, row.text(place)))
        if first != row.number:
            if text != row.text(place):
                told = _("Cette ligne répète la ligne %(n)d, qui dit autre chose.") % {"n": first}
                yield refusal(row, told, place)
            continue
        yield cell_difference(row, place, field, version, evaluation, line)


def refusal(row, told, place=None):
    texts = [row.text(place)] if place is not None else [row.text(MARK), row.text(TEXT)]
    return Difference(
        line=row.number,
        reference=row.text(0),
        label=row.text(2),
        before="",
        after=" · ".join(text for text in texts if text),
        kind=REFUSED,
        told=told,
    )


def cell_difference(row, place, field, version, evaluation, line):
    typed = row.text(place)
    if row.is_formula(place):
        return refusal(row, _("Cette cellule contient une formule : écrivez sa valeur."), place)
    try:
        value = field.read(whole(typed) if place == MARK else typed)
    except Wrong as wrong:
        return refusal(row, str(wrong), place)
    after = "" if value is None else str(value)
    if after.strip() == field.text.strip():
        return None
    kind, told = verdict(field, version, after)
    what = _("note") if place == MARK else _("commentaire")
    label = line.name if line.mark is None or line.text is None else f"{line.name} · {what}"
    packed = json.dumps([evaluation.pk, field.name, field.version, after], ensure_ascii=False)
    reference = evaluation.assignment.dossier.reference
    return Difference(row.number, reference, label, field.text, after, kind, told, packed)


def whole(text):
    """A spreadsheet may write 4 as `4,0`; `3,5` stays what it is, and is no mark."""
    head, mark, rest = text.replace(".", ",").partition(",")
    return head if mark and rest and not rest.strip("0") else text


def verdict(field, version, after):
    if not after:
        return ERASE, _("La cellule est vide : cochez pour effacer ce texte.")
    if field.text and version != field.version:
        return CLASH, _("Modifié en ligne depuis le téléchargement : cochez pour le remplacer.")
    return CHANGE, ""


def unpacked(texts):
    """(evaluation, field, version, text) of the cells chosen; what is not ours is left out."""
    for text in texts:
        try:
            pk, name, version, typed = json.loads(text)
        except (ValueError, TypeError):
            continue
        if isinstance(pk, int) and all(isinstance(one, str) for one in (name, version, typed)):
            yield pk, name, version, typed
