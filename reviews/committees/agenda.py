"""In which order a committee looks at dossiers, and why: where its time changes the outcome.

First those that may fall on either side of the line (grey zone), the most disputed ahead; then
those whose readers disagree; then the rest, in the order of the scores.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from reviews.panels.third_reader import needs_third_reader

GREY, DISPUTED, PLAIN = range(3)


@dataclass(frozen=True)
class Case:
    """One dossier as the reviews leave it; `marks` are the means of its readers."""

    dossier_id: int
    rank: int
    zone: str
    p_funded: float | None
    marks: tuple[Decimal, ...]

    @property
    def spread(self) -> Decimal:
        return max(self.marks) - min(self.marks) if self.marks else Decimal(0)

    @property
    def group(self) -> int:
        if self.zone == "grey":
            return GREY
        return DISPUTED if self.is_disputed else PLAIN

    @property
    def is_disputed(self) -> bool:
        return len(self.marks) > 1 and needs_third_reader(min(self.marks), max(self.marks))


def in_order(cases: Iterable[Case]) -> list[Case]:
    return sorted(cases, key=place_of)


def place_of(case: Case) -> tuple:
    if case.group == PLAIN:
        return (case.group, Decimal(0), case.rank)
    return (case.group, -case.spread, case.rank)
