"""From amounts to outcomes: who is awarded, who waits on the reserve list, who is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from grants.decisions.allocation import fund_in_order
from grants.decisions.ceilings import Ceiling
from grants.decisions.problem import Line


@dataclass(frozen=True)
class Row:
    """A ranked dossier; amounts in euros. `minimum` is the least useful award."""

    dossier_id: int
    reference: str
    rank: int
    score: Decimal
    passes: bool
    requested: Decimal
    minimum: Decimal
    ceiling: Ceiling
    group: str


def propose_amounts(rows: Sequence[Row], left: Decimal) -> list[Decimal]:
    """Descend the ranking; the first that does not fit is offered the rest if it is useful."""
    lines = [
        Line(
            id=str(row.dossier_id),
            asked=cents(row.ceiling.amount),
            minimum=min(cents(row.minimum), cents(row.ceiling.amount)),
            group=row.group,
        )
        for row in rows
        if row.passes and row.ceiling.amount > 0
    ]
    funded = {award.id: award.amount for award in fund_in_order(lines, cents(left)).awards}
    return [Decimal(funded.get(str(row.dossier_id), 0)) / 100 for row in rows]


def outcomes(rows: Sequence[Row], amounts: Sequence[Decimal]) -> list[dict[str, object]]:
    """The columns of each decision, in rank order."""
    found: list[dict[str, object]] = []
    waiting = 0
    for row, amount in zip(rows, amounts, strict=True):
        if amount > 0:
            found.append({"outcome": "award", "amount": amount, "reserve_rank": None})
        elif row.passes:
            waiting += 1
            found.append({"outcome": "reserve", "amount": Decimal(0), "reserve_rank": waiting})
        else:
            found.append({"outcome": "refuse", "amount": Decimal(0), "reserve_rank": None})
    return found


def passed_over(rows: Sequence[Row], amounts: Sequence[Decimal]) -> list[Row]:
    """Dossiers above the threshold that get nothing while a worse-ranked one gets something."""
    last = max((i for i, amount in enumerate(amounts) if amount > 0), default=-1)
    return [row for row, amount in list(zip(rows, amounts, strict=True))[:last]
            if row.passes and amount == 0]  # fmt: skip


def cents(amount: Decimal) -> int:
    return int(amount * 100)
