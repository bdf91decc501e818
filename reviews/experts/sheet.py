"""A table of experts as people send it: read whole, every doubt told by line. No Django here.

UTF-8 with or without its mark, or Windows; `;`, `,` or tabs between cells; decimal commas; any
order of columns, known by their headings.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

MOST_LINES = 500
LONGEST = 1_000_000
MOST_DOSSIERS = 200

HEADINGS = {
    "email": ("email", "courriel", "adresse electronique", "mail", "e mail"),
    "full_name": ("nom", "prenom et nom", "nom complet", "expert"),
    "organisation": ("organisme", "organisation", "employeur", "structure"),
    "siren": ("siren", "siren de l organisme"),
    "title": ("fonction", "titre", "poste"),
    "capacity": ("capacite", "dossiers au plus", "charge", "nombre de dossiers"),
    "laboratory": ("laboratoire", "labo"),
    "incubator": ("incubateur", "incubateur ou accelerateur"),
    "address": ("adresse", "adresse professionnelle"),
    "city": ("commune", "ville"),
    "languages": ("langues", "langue"),
    "departments": ("departements", "departement"),
    "themes": ("themes", "theme", "expertise"),
}
NEEDED = ("email", "full_name", "organisation")
EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")
LIMITS = {"email": 254, "full_name": 150, "organisation": 150, "title": 150, "laboratory": 200,
          "incubator": 200, "address": 200, "city": 100}  # fmt: skip


class Unreadable(ValueError):
    """The file is no table of experts; `code` says why, `names` which columns."""

    def __init__(self, code: str, names: tuple[str, ...] = ()):
        super().__init__(code)
        self.code = code
        self.names = names


@dataclass(frozen=True)
class Doubt:
    """Something to correct at a line; `code` is a sentence of the page, `value` what was read."""

    code: str
    value: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the table, cells cleaned; `line` is its number in the file."""

    line: int
    email: str
    full_name: str
    organisation: str
    siren: str = ""
    title: str = ""
    capacity: int | None = None
    laboratory: str = ""
    incubator: str = ""
    address: str = ""
    city: str = ""
    languages: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    levels: Mapping[str, int] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Known:
    """What codes and keys may be named."""

    themes: Mapping[str, str]  # key → name
    languages: frozenset[str]
    departments: frozenset[str]


def decoded(raw: bytes) -> str:
    """Text of a file; a program of the 1990s writes Windows letters."""
    if len(raw) > LONGEST:
        raise Unreadable("long")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise Unreadable("binary")
    return text


def read(text: str, known: Known) -> list[Row]:
    """Every line with its doubts; nothing is thrown away. `Unreadable` when it is no such table."""
    lines = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=separator(text)))
    filled = [(n, cells) for n, cells in enumerate(lines, start=1) if any(c.strip() for c in cells)]
    if len(filled) < 2:
        raise Unreadable("empty")
    if len(filled) > MOST_LINES + 1:
        raise Unreadable("many")
    columns = columns_of(filled[0][1])
    rows = [row_of(n, cells_of(columns, cells), known) for n, cells in filled[1:]]
    return list(with_repeats(rows))


def separator(text: str) -> str:
    head = text.lstrip("\ufeff\r\n").partition("\n")[0]
    return max(";\t,", key=head.count)


def columns_of(head: list[str]) -> dict[int, str]:
    """Which column is which, whatever its order and its accents."""
    names = {told: name for name, all_told in HEADINGS.items() for told in all_told}
    found: dict[int, str] = {}
    for place, cell in enumerate(head):
        name = names.get(folded(cell))
        if name and name not in found.values():
            found[place] = name
    missing = tuple(HEADINGS[name][0] for name in NEEDED if name not in found.values())
    if missing:
        raise Unreadable("columns", missing)
    return found


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.strip().casefold().replace("’", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


def cells_of(columns: Mapping[int, str], cells: list[str]) -> dict[str, str]:
    return {
        name: clean(cells[place]) if place < len(cells) else "" for place, name in columns.items()
    }


def clean(cell: str) -> str:
    """One line of text; the apostrophe that keeps a spreadsheet from computing goes."""
    line = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in cell)
    return " ".join(line.split()).removeprefix("'")


def row_of(line: int, cells: Mapping[str, str], known: Known) -> Row:
    doubts: list[Doubt] = []
    texts = {name: short(name, cells.get(name, ""), doubts) for name in LIMITS}
    email = texts.pop("email").lower()
    if not EMAIL.fullmatch(email):
        doubts.append(Doubt("email", email))
    doubts += [Doubt("missing", HEADINGS[name][0]) for name in NEEDED if not cells.get(name)]
    return Row(
        line=line,
        email=email,
        **texts,
        siren=siren_of(cells.get("siren", ""), doubts),
        capacity=number_of(cells.get("capacity", ""), doubts),
        languages=codes_of(cells.get("languages", ""), known.languages, "language", doubts),
        departments=departments_of(cells.get("departments", ""), known, doubts),
        levels=levels_of(cells.get("themes", ""), known, doubts),
        doubts=tuple(doubts),
    )


def short(name: str, text: str, doubts: list[Doubt]) -> str:
    if len(text) > LIMITS[name]:
        doubts.append(Doubt("long", text[:40]))
    return text[: LIMITS[name]]


def siren_of(text: str, doubts: list[Doubt]) -> str:
    digits = "".join(text.split())
    if not digits:
        return ""
    if not (digits.isascii() and digits.isdigit() and len(digits) == 9 and luhn(digits)):
        doubts.append(Doubt("siren", text))
        return ""
    return digits


def luhn(digits: str) -> bool:
    doubled = (sum(divmod(int(d) * (1 + n % 2), 10)) for n, d in enumerate(reversed(digits)))
    return sum(doubled) % 10 == 0


def number_of(text: str, doubts: list[Doubt]) -> int | None:
    """“8”, “8,0” and “8.00” are eight; “8,5” is no number of dossiers."""
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,6})(?:[.,]0+)?", text, re.ASCII)
    if not found or int(found[1]) > MOST_DOSSIERS:
        doubts.append(Doubt("capacity", text))
        return None
    return int(found[1])


def parts_of(text: str) -> Iterator[str]:
    return (part.strip() for part in re.split(r"[,/|;]", text) if part.strip())


def codes_of(text: str, allowed: frozenset[str], code: str, doubts: list[Doubt]) -> tuple[str, ...]:
    found = []
    for part in parts_of(text):
        if part.lower() in allowed:
            found.append(part.lower())
        else:
            doubts.append(Doubt(code, part))
    return tuple(dict.fromkeys(found))


def departments_of(text: str, known: Known, doubts: list[Doubt]) -> tuple[str, ...]:
    """A spreadsheet writes 9 for 09."""
    padded = "/".join(part.zfill(2) for part in parts_of(text))
    return codes_of(padded, known.departments, "department", doubts)


def levels_of(text: str, known: Known, doubts: list[Doubt]) -> dict[str, int]:
    """“Énergie 3 / sante:2”: a theme by its key or name, and a level; 2 when none is told."""
    by_name = {folded(name): key for key, name in known.themes.items()}
    by_name |= {folded(key): key for key in known.themes}
    found: dict[str, int] = {}
    for part in parts_of(text):
        told = re.fullmatch(r"(.*?)[\s:=]*(\d+)?", part)
        name, level = (told[1], told[2]) if told else (part, None)
        key = by_name.get(folded(name))
        if key is None:
            doubts.append(Doubt("theme", part))
        elif level is not None and level not in {"1", "2", "3"}:
            doubts.append(Doubt("level", part))
        else:
            found[key] = int(level or 2)
    return found


def with_repeats(rows: list[Row]) -> Iterator[Row]:
    """A second line for the same address is told, with the line of the first."""
    first: dict[str, int] = {}
    for row in rows:
        if row.email and row.email in first:
            told = Doubt("repeat", str(first[row.email]))
            yield Row(**{**vars(row), "doubts": (*row.doubts, told)})
        else:
            first.setdefault(row.email, row.line)
            yield row
