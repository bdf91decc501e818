"""The cells of a spreadsheet somebody sends, XLSX or CSV, as text: nothing in it is run."""

import csv
import io
import posixpath
import zipfile
from decimal import Decimal, InvalidOperation
from typing import NamedTuple
from xml.etree import ElementTree

from django.utils.translation import gettext as _

LARGEST = 2 * 1024 * 1024
LARGEST_OPENED = 30 * 1024 * 1024  # a small archive may hold a very large sheet
MOST_ROWS = 5_000
SEPARATORS = ";,\t"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Unreadable(ValueError):
    """No table can be read here; the text says what to send instead."""


class Cell(NamedTuple):
    text: str = ""
    is_formula: bool = False


def rows_in(content):
    """(number of the line, cells) of every line that holds something; raises Unreadable."""
    if len(content) > LARGEST:
        raise Unreadable(_("Ce fichier dépasse 2 Mo : envoyez seulement la feuille remplie."))
    rows = workbook_rows(content) if content[:2] == b"PK" else text_rows(content)
    found = [(n, row) for n, row in rows if any(cell.text.strip() for cell in row)]
    if not found:
        raise Unreadable(_("Ce fichier ne contient aucune ligne."))
    if len(found) > MOST_ROWS:
        raise Unreadable(_("Ce fichier compte plus de 5 000 lignes : coupez-le en plusieurs."))
    return found


def text_rows(content):
    """CSV as French spreadsheets write it: with or without a mark, `;` or `,`, any line ends."""
    text = decoded(content)
    if "\0" in text:
        raise Unreadable(_("Ce fichier n’est pas un tableau : envoyez un .xlsx ou un .csv."))
    head = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return [(reader.line_num, [Cell(unmarked(text)) for text in row]) for row in reader]
    except csv.Error as error:
        raise Unreadable(
            _("La ligne %(n)d de ce fichier ne se lit pas.") % {"n": reader.line_num}
        ) from error


def unmarked(text):
    """Without the apostrophe that keeps a spreadsheet from running the cell."""
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@", "|"} else text


def decoded(content):
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def workbook_rows(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_OPENED:
                raise Unreadable(_("Ce classeur est trop grand une fois ouvert."))
            strings = shared_strings(archive)
            return list(sheet_rows(tree(archive, first_sheet(archive)), strings))
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, ValueError, IndexError,
            EOFError, NotImplementedError, RuntimeError) as error:  # fmt: skip
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(
            _("Ce classeur ne s’ouvre pas : enregistrez-le de nouveau au format .xlsx.")
        ) from error


def tree(archive, name):
    """Office files declare no entities: whoever does wants something else."""
    content = archive.read(name)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content:
        raise ValueError(name)
    return ElementTree.fromstring(content)  # noqa: S314 - without a document type, see above


def first_sheet(archive):
    sheet = tree(archive, "xl/workbook.xml").find(f"{MAIN}sheets/{MAIN}sheet")
    links = tree(archive, "xl/_rels/workbook.xml.rels")
    wanted = sheet.get(LINK) if sheet is not None else None
    target = next(link.get("Target") for link in links if link.get("Id") == wanted)
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def shared_strings(archive):
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return [text_in(one) for one in tree(archive, "xl/sharedStrings.xml").iter(f"{MAIN}si")]


def text_in(element):
    """The runs of a rich text, without the phonetic ones."""
    runs = [element, *element.findall(f"{MAIN}r")]
    return "".join(t.text or "" for run in runs for t in run.findall(f"{MAIN}t"))


def sheet_rows(sheet, strings):
    for place, row in enumerate(sheet.iter(f"{MAIN}row"), start=1):
        cells = []
        for cell in row.iter(f"{MAIN}c"):
            column = column_of(cell.get("r") or "") if cell.get("r") else len(cells)
            cells += [Cell()] * (min(column, 200) - len(cells))
            cells.append(Cell(cell_text(cell, strings), cell.find(f"{MAIN}f") is not None))
        yield int(row.get("r") or place), cells


def column_of(reference):
    """`C7` is the third column: 2."""
    number = 0
    for letter in reference:
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_text(cell, strings):
    kind, value = cell.get("t", "n"), cell.find(f"{MAIN}v")
    if kind == "inlineStr":
        inline = cell.find(f"{MAIN}is")
        return "" if inline is None else text_in(inline)
    text = "" if value is None or value.text is None else value.text
    if kind == "s" and text:
        return strings[int(text)]
    return plain_number(text) if kind == "n" and text else text


def plain_number(text):
    """`4.0` reads 4; a fraction is written the French way."""
    try:
        return f"{Decimal(text).normalize():f}".replace(".", ",")
    except InvalidOperation:
        return text
