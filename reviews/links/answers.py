"""Names of people and companies, and sentences, in what a dossier answered. Any form will do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

SHORTEST_TEXT = 20
MOST_LETTERS = 6_000
HOUSE_COLUMNS = ("name", "source", "company", "shareholder")
NUMBERS = {"siret", "siren"}


@dataclass(frozen=True)
class Told:
    people: tuple[str, ...]
    houses: tuple[str, ...]
    texts: tuple[str, ...]


def told_in(answers: Mapping[str, Any]) -> Told:
    """A row with a company number or a source names a house; one with a name alone, somebody."""
    people: list[str] = []
    houses: list[str] = []
    texts: list[str] = []
    for value in answers.values():
        if isinstance(value, str) and len(value) >= SHORTEST_TEXT:
            texts.append(value[:MOST_LETTERS])
        for row in rows_of(value):
            is_house = bool(NUMBERS & set(row)) or "name" not in row
            names = [row[key] for key in HOUSE_COLUMNS if isinstance(row.get(key), str)]
            (houses if is_house else people).extend(name for name in names if name.strip())
            texts.extend(cell for cell in row.values() if is_sentence(cell))
    return Told(unique(people), unique(houses), tuple(texts))


def rows_of(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        yield from (row for row in value if isinstance(row, dict))


def is_sentence(cell: Any) -> bool:
    return isinstance(cell, str) and len(cell) >= SHORTEST_TEXT


def unique(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
