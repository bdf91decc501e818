"""The order a committee leaves: its scores where it agreed on one, the reviews’ elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Line:
    """`rank` and `score` are those of the reviews; `agreed` that of the committee, or nothing."""

    dossier_id: int
    rank: int
    score: Decimal
    agreed: Decimal | None
    amount: Decimal


@dataclass(frozen=True)
class Placed:
    """A line at its place; `left` is what the envelope still holds after it, under 0 beyond it."""

    line: Line
    place: int
    score: Decimal
    left: Decimal

    @property
    def is_funded(self) -> bool:
        return self.left >= 0


def placed(lines: Iterable[Line], envelope: Decimal) -> tuple[Placed, ...]:
    """Best score first; equal scores keep the order of the reviews."""
    ordered = sorted(lines, key=lambda line: (-score_of(line), line.rank))
    found = []
    for place, line in enumerate(ordered, start=1):
        envelope -= line.amount
        found.append(Placed(line, place, score_of(line), envelope))
    return tuple(found)


def score_of(line: Line) -> Decimal:
    return line.score if line.agreed is None else line.agreed
