"""The queue as a file: exactly the filters and columns of the page, row after row, none kept."""

import csv
from datetime import datetime
from decimal import Decimal

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.core.spreadsheets import MARK, safe
from grants.screening import listing
from grants.screening.columns import reference

CHUNK = 200
WIDTHS = {0: 14, 1: 44, 2: 24}
# Text is written as text: a title that begins with “=” or “http” stays what was typed.
PLAIN = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def rows_of(user, query, sort, *, at):
    """What this person may read of this search today, fetched by portions."""
    rows = listing.found(listing.calls_of(user), query, user=user, at=at)
    for row in listing.shown(rows, sort).iterator(chunk_size=CHUNK):
        row["theme"] = row.pop("theme_name")
        yield row


def heading(columns):
    return [_("Dossier"), _("Projet"), _("Étiquettes"), *(str(c.label) for c in columns)]


def cells(row, columns):
    told = [reference(row), row["title"], ", ".join(row["tags"])]
    return [*told, *(column.value(row) for column in columns)]


class Echo:
    """A file that hands back what is written to it, for `csv` to make lines with."""

    def write(self, text):
        return text


def csv_lines(rows, columns):
    """Semicolons and decimal commas, as French spreadsheets expect."""
    lines = csv.writer(Echo(), delimiter=";")
    yield MARK + lines.writerow(heading(columns))
    for row in rows:
        yield lines.writerow([as_text(cell) for cell in cells(row, columns)])


def as_text(cell):
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell, "f").removesuffix(".00").replace(".", ",")
    if isinstance(cell, datetime):
        return timezone.localtime(cell).strftime("%Y-%m-%d %H:%M")
    return safe(str(cell))


def write_xlsx(path, rows, columns):
    """One sheet, written row by row to disk; yields the number of rows after each portion."""
    book = xlsxwriter.Workbook(path, PLAIN)
    sheet = book.add_worksheet(_("Dossiers"))
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    for place in range(3 + len(columns)):
        sheet.set_column(place, place, WIDTHS.get(place, 18))
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, heading(columns), bold)
    n = 0
    for n, row in enumerate(rows, start=1):
        for place, cell in enumerate(cells(row, columns)):
            write_cell(sheet, n, place, cell, money, moment)
        if n % CHUNK == 0:
            yield n
    book.close()
    yield n


def write_cell(sheet, line, place, cell, money, moment):
    if isinstance(cell, Decimal):
        sheet.write_number(line, place, cell, money)
    elif isinstance(cell, datetime):
        local = timezone.localtime(cell).replace(tzinfo=None)
        sheet.write_datetime(line, place, local, moment)
    elif cell is not None:
        sheet.write_string(line, place, str(cell))
