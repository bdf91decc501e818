"""What the reviewers hand over: an order, and everything that explains it."""

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class ReceivedLine:
    """One dossier of the order; scores are out of the call's top score, `p_funded` a share."""

    dossier_id: int
    rank: int
    score: Decimal
    raw: Decimal
    reviews: int
    calibrated: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    p_funded: Decimal | None = None
    zone: str = ""
    by_criterion: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class ReceivedRanking:
    """The whole order of a call; `content` is the complete calculation, kept for the judge."""

    method: str
    lines: tuple[ReceivedLine, ...]
    fallback: str = ""
    content: dict[str, Any] = field(default_factory=dict)

    def columns(self) -> list[dict[str, Any]]:
        return [{**asdict(line), "by_criterion": list(line.by_criterion)} for line in self.lines]
