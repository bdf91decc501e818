"""Scores as the calculations take them, and their reading from CSV (contract of `manage.py rank`).

One row per dossier and reviewer; the score has the unit of the grid (often 0 to 100); the weight
has none, 2 counting as two independent scores of the same value.
"""

import csv
import io
import math
from dataclasses import dataclass

HEADERS = (["dossier", "reviewer", "score"], ["dossier", "reviewer", "score", "weight"])
LARGEST = 1e9


@dataclass(frozen=True)
class Score:
    """What one reviewer gave one dossier. Raises `ValueError` on a value no grid can hold."""

    dossier: str
    reviewer: str
    value: float
    weight: float = 1.0

    def __post_init__(self) -> None:
        if not (self.dossier.strip() and self.reviewer.strip()):
            raise ValueError("the dossier and the reviewer must be named")
        if not (math.isfinite(self.value) and abs(self.value) <= LARGEST):
            raise ValueError(f"{self.value} is not a score")
        if not (math.isfinite(self.weight) and 1e-6 <= self.weight <= 1e6):
            raise ValueError(f"{self.weight} is not a weight")


def check_scores(scores: tuple[Score, ...]) -> None:
    """Refuse an empty list, and two scores of one reviewer for one dossier."""
    if not scores:
        raise ValueError("no score")
    seen: set[tuple[str, str]] = set()
    for score in scores:
        pair = (score.dossier, score.reviewer)
        if pair in seen:
            raise ValueError(f"{score.dossier} by {score.reviewer}: scored twice")
        seen.add(pair)


def read_scores(text: str) -> tuple[Score, ...]:
    """The scores of a CSV text with header `dossier,reviewer,score[,weight]`.

    Raises `ValueError` naming the line for anything else, blank lines at the end excepted.
    """
    if "\x00" in text:
        raise ValueError("NUL character in the text")
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(rows, [])]
        if header not in HEADERS:
            raise ValueError("line 1: the header must be dossier,reviewer,score[,weight]")
        scores = tuple(_score(row, len(header), rows.line_num) for row in rows if row)
    except csv.Error as error:
        raise ValueError(f"line {rows.line_num}: {error}") from error
    check_scores(scores)
    return scores


def _score(row: list[str], width: int, line: int) -> Score:
    if len(row) != width:
        raise ValueError(f"line {line}: {len(row)} columns instead of {width}")
    try:
        numbers = [_number(cell) for cell in row[2:]]
        return Score(row[0].strip(), row[1].strip(), *numbers)
    except ValueError as error:
        raise ValueError(f"line {line}: {error}") from error


def _number(cell: str) -> float:
    """A plain decimal number: Python's `1_0`, `nan` and `infinity` are no scores."""
    if not set(cell.strip()) <= set("+-.0123456789eE"):
        raise ValueError(f"{cell!r} is not a number")
    try:
        return float(cell)
    except ValueError as error:
        raise ValueError(f"{cell!r} is not a number") from error
