"""Scores as the calculations take them, and their reading from CSV (contract of `manage.py rank`).

Commas with decimal points, or semicolons with decimal commas as French spreadsheets write them.

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


def read_scores(text: str, *, scale: tuple[float, float] | None = None) -> tuple[Score, ...]:
    """The scores of a CSV text with header `dossier,reviewer,score[,weight]`, by identifier.

    Raises `ValueError` naming the line for anything else, blank lines at the end excepted; with
    `scale`, for a score outside it too.
    """
    if "\x00" in text:
        raise ValueError("NUL character in the text")
    mark = ";" if ";" in text.partition("\n")[0] else ","
    rows = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=mark)
    scores: dict[tuple[str, str], tuple[Score, int]] = {}
    try:
        header = [name.strip() for name in next(rows, [])]
        if header not in HEADERS:
            raise ValueError("line 1: the header must be dossier,reviewer,score[,weight]")
        for row in rows:
            if row:
                _add(scores, _score(row, len(header), rows.line_num, mark), rows.line_num, scale)
    except csv.Error as error:
        raise ValueError(f"line {rows.line_num}: {error}") from error
    if not scores:
        raise ValueError("no score")
    # By identifier, so that the order of the lines changes nothing, not even the last digit.
    return tuple(scores[pair][0] for pair in sorted(scores))


def _add(
    scores: dict[tuple[str, str], tuple[Score, int]],
    score: Score,
    line: int,
    scale: tuple[float, float] | None,
) -> None:
    pair = (score.dossier, score.reviewer)
    if pair in scores:
        raise ValueError(
            f"line {line}: {score.dossier} by {score.reviewer}: scored twice, "
            f"first on line {scores[pair][1]}"
        )
    if scale is not None and not scale[0] <= score.value <= scale[1]:
        raise ValueError(
            f"line {line}: {score.value:g} is outside the scale, {scale[0]:g} to {scale[1]:g}"
        )
    scores[pair] = (score, line)


def _score(row: list[str], width: int, line: int, mark: str) -> Score:
    if len(row) != width:
        raise ValueError(f"line {line}: {len(row)} columns instead of {width}")
    try:
        numbers = [_number(cell, mark) for cell in row[2:]]
        return Score(row[0].strip(), row[1].strip(), *numbers)
    except ValueError as error:
        raise ValueError(f"line {line}: {error}") from error


def _number(cell: str, mark: str) -> float:
    """A plain decimal number: Python's `1_0`, `nan` and `infinity` are no scores."""
    plain = cell.strip()
    if mark == ";":
        plain = plain.replace(",", ".")
    if not plain:
        raise ValueError("no score")
    if not set(plain) <= set("+-.0123456789eE"):
        raise ValueError(f"{cell!r} is not a number")
    try:
        return float(plain)
    except ValueError as error:
        raise ValueError(f"{cell!r} is not a number") from error
