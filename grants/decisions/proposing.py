"""From amounts to outcomes: who is awarded, who waits on the reserve list, who is refused."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from grants.decisions.ceilings import Ceiling


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
    theme: str = ""
    department: str = ""
    zone: str = ""


def outcomes(
    rows: Sequence[Row], amounts: Sequence[Decimal], barred: Collection[int] = ()
) -> list[dict[str, object]]:
    """The columns of each decision, in rank order; no later money reaches those `barred`."""
    found: list[dict[str, object]] = []
    waiting = 0
    for row, amount in zip(rows, amounts, strict=True):
        if amount > 0:
            found.append({"outcome": "award", "amount": amount, "reserve_rank": None})
        elif row.passes and row.dossier_id not in barred:
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
