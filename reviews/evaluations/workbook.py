"""One's open evaluations as a spreadsheet to fill in without a connection, and its lines again."""

import io
from typing import NamedTuple

import xlsxwriter
from django.utils.translation import gettext as _

from reviews.evaluations.models import Evaluation

# Text is written as text: a comment that begins with “=” or “http” stays what was typed.
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
DOSSIER, TITLE, CRITERION, MARK, TEXT, HINT, ROW, VERSIONS = range(8)
WIDTHS = (14, 34, 34, 9, 70, 20, 12, 36)


class Line(NamedTuple):
    """A row of the sheet: the fields its two open cells stand for, None where there is none."""

    key: str
    name: str
    hint: str
    mark: object
    text: object
    most: int


def headings():
    return [_("Dossier"), _("Projet"), _("Critère"), _("Votre note"), _("Commentaire"),
            _("Attendu"), _("Repère"), _("Version")]  # fmt: skip


def lines_of(fields):
    """The lines of one evaluation, from its fields by name, in the order of the page."""
    found = []
    for name, field in fields.items():
        if name.startswith("score-"):
            pk = field.criterion.pk
            comment = fields[f"comment-{pk}"]
            hint = _("note de 0 à %(top)s") % {"top": field.top}
            found.append(Line(str(pk), field.criterion.name, hint, field, comment, field.top))
    found += [
        Line("strengths", _("Points forts"), _("texte"), None, fields["strengths"], 0),
        Line("weaknesses", _("Points faibles"), _("texte"), None, fields["weaknesses"], 0),
        Line("confidence", _("Mon assurance"), _("1 faible, 2 moyenne, 3 forte"),
             fields["confidence"], None, max(Evaluation.Confidence.values)),
    ]  # fmt: skip
    return found


def workbook_of(evaluations, fields):
    """The file; `fields` holds those of each evaluation by its primary key."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, PLAIN) as book:
        sheet = book.add_worksheet(_("Évaluations"))
        formats = formats_of(book)
        sheet.write_row(0, 0, headings(), formats["head"])
        for place, width in enumerate(WIDTHS):
            hidden = {"hidden": True} if place == VERSIONS else {}
            sheet.set_column(place, place, width, formats["shut"], hidden)
        sheet.freeze_panes(1, MARK)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        row = 1
        for evaluation in evaluations:
            for line in lines_of(fields[evaluation.pk]):
                write_line(sheet, row, evaluation, line, formats)
                row += 1
        write_guide(book, formats, evaluations, fields)
    return file.getvalue()


def formats_of(book):
    wrapped = {"text_wrap": True, "valign": "top"}
    return {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "shut": book.add_format(wrapped),
        "open": book.add_format({**wrapped, "locked": False, "bg_color": "#FFF8E1", "border": 4}),
        "open_text": book.add_format({
            **wrapped, "locked": False, "bg_color": "#FFF8E1", "border": 4, "num_format": "@",
        }),
    }  # fmt: skip


def write_line(sheet, row, evaluation, line, formats):
    dossier = evaluation.assignment.dossier
    versions = (field.version if field else "-" for field in (line.mark, line.text))
    fixed = {
        DOSSIER: dossier.reference,
        TITLE: dossier.title,
        CRITERION: line.name,
        HINT: line.hint,
        ROW: f"{evaluation.pk}-{line.key}",
        VERSIONS: " ".join(versions),
    }
    for place, text in fixed.items():
        sheet.write_string(row, place, text, formats["shut"])
    if line.mark:
        write_mark(sheet, row, line, formats["open"])
    if line.text:
        sheet.write_string(row, TEXT, line.text.text, formats["open_text"])


def write_mark(sheet, row, line, format_):
    if line.mark.value is None:
        sheet.write_blank(row, MARK, None, format_)
    else:
        sheet.write_number(row, MARK, line.mark.value, format_)
    least = 1 if line.key == "confidence" else 0
    sheet.data_validation(row, MARK, row, MARK, {
        "validate": "integer", "criteria": "between", "minimum": least, "maximum": line.most,
        "error_title": _("Note hors de l’échelle"), "error_message": line.hint,
    })  # fmt: skip


def write_guide(book, formats, evaluations, fields):
    """What each mark means, on a sheet beside."""
    guide = book.add_worksheet(_("Sens des notes"))
    guide.set_column(0, 0, 34)
    guide.set_column(2, 2, 100)
    guide.write_row(0, 0, [_("Critère"), _("Note donnée"), _("Sens")], formats["head"])
    criteria = {
        f.criterion.pk: f.criterion
        for evaluation in evaluations
        for f in fields[evaluation.pk].values()
        if f.criterion
    }
    row = 1
    for criterion in criteria.values():
        for mark, anchor in enumerate(criterion.anchors):
            guide.write_string(row, 0, criterion.name, formats["shut"])
            guide.write_number(row, 1, mark, formats["shut"])
            guide.write_string(row, 2, str(anchor), formats["shut"])
            row += 1
