"""Shares of success by group, without telling the fate of a few.

A group of fewer than five dossiers is not shown; since the total is, hiding one alone would give it
away by subtraction, so the smallest of the others joins it until what is hidden is at least two
groups and five dossiers. The groups hidden are shown together. Intervals are Wilson's (1927), 90 %.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

LEAST = 5
QUANTILE = 1.6448536269514722


@dataclass(frozen=True)
class Cell:
    """A group: how many dossiers, how many of them succeeded."""

    label: str
    count: int
    successes: int


@dataclass(frozen=True)
class Shown:
    """`label` is empty for the hidden groups taken together, `groups` says how many they are."""

    label: str
    count: int
    successes: int
    low: float
    high: float
    groups: int = 1

    @property
    def share(self) -> float:
        return self.successes / self.count


def wilson(successes: int, count: int) -> tuple[float, float]:
    """90 % interval of a share; inside 0 to 1 even where all or none succeeded."""
    if not 0 <= successes <= count or count < 1:
        raise ValueError("successes are between 0 and a count of at least 1")
    share, square = successes / count, QUANTILE**2
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = sqrt(share * (1 - share) / count + square / (4 * count**2))
    half *= QUANTILE / (1 + square / count)
    low = 0.0 if successes == 0 else max(0.0, middle - half)
    return low, 1.0 if successes == count else min(1.0, middle + half)


def veiled(cells: Iterable[Cell]) -> tuple[Shown, ...]:
    """What may be shown, in the order given, the hidden groups last; nothing if too few in all."""
    present = [cell for cell in cells if cell.count]
    if sum(cell.count for cell in present) < LEAST:
        return ()
    hidden = [cell for cell in present if cell.count < LEAST]
    others = sorted(
        (cell for cell in present if cell.count >= LEAST), key=lambda one: (one.count, one.label)
    )
    while hidden and others and not _is_safe(hidden):
        hidden.append(others.pop(0))
    shown = [_shown(cell) for cell in present if cell not in hidden]
    return (*shown, *([_together(hidden)] if hidden else []))


def _is_safe(hidden: list[Cell]) -> bool:
    return len(hidden) >= 2 and sum(cell.count for cell in hidden) >= LEAST


def _shown(cell: Cell) -> Shown:
    return Shown(cell.label, cell.count, cell.successes, *wilson(cell.successes, cell.count))


def _together(hidden: list[Cell]) -> Shown:
    count = sum(cell.count for cell in hidden)
    successes = sum(cell.successes for cell in hidden)
    return Shown("", count, successes, *wilson(successes, count), groups=len(hidden))
