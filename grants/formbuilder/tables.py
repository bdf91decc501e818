"""The table kind: rows typed cell by cell, travelling as a JSON list of objects of texts."""

from django.utils.translation import gettext as _

from grants.formbuilder.kinds import READ, read_list
from grants.formbuilder.text import clean


def read_table(question, text):
    """Rows of typed values; rows left blank do not count."""
    typed = [row for row in read_list(text) if not is_blank(row)]
    if len(typed) > question.rows_most:
        raise ValueError(_("Ce tableau compte %(n)d lignes au plus.") % {"n": question.rows_most})
    rows = [read_row(question, row, number) for number, row in enumerate(typed, 1)]
    if rows and len(rows) < question.rows_least:
        raise ValueError(
            _("Ce tableau demande au moins %(n)d lignes.") % {"n": question.rows_least}
        )
    return rows or None


def is_blank(row):
    return isinstance(row, dict) and not any(str(cell).strip() for cell in row.values())


def read_row(question, row, number):
    if not isinstance(row, dict) or not all(isinstance(cell, str) for cell in row.values()):
        raise ValueError(_("Ce tableau est illisible : reprenez-le."))
    return {
        column.key: read_cell(column, row.get(column.key, ""), number)
        for column in question.columns
    }


def read_cell(column, text, number):
    """A cell's error names its line and column: it stands under the whole table."""
    try:
        text = clean(text)
        if text:
            return READ[column.kind](column, text)
        if column.required:
            raise ValueError(_("à remplir."))
    except ValueError as error:
        raise ValueError(
            _("Ligne %(line)d, « %(column)s » : %(error)s")
            % {"line": number, "column": column.label, "error": error}
        ) from error
    return None
