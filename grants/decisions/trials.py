"""What a scenario keeps of a calculation, and what it compares with others."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from grants.decisions.proposing import Row
from grants.decisions.ruling import Shared

KEPT = ("outcome", "reserve_rank", "rule", "by_rule")


def stored(rows: Sequence[Row], shared: Shared) -> dict[str, Any]:
    """The result of a calculation as plain values, by dossier."""
    return {
        "rows": {
            str(row.dossier_id): {
                "amount": str(columns["amount"]),
                **{name: columns[name] for name in KEPT},
            }
            for row, columns in zip(rows, shared.columns, strict=True)
        },
        "conflict": list(shared.conflict),
        "optimal": shared.optimal,
    }


def as_decided(decisions: Iterable[Any]) -> dict[str, Any]:
    """The same from the decisions as they stand."""
    rows = {
        str(one.dossier_id): {
            "amount": str(one.amount),
            **{name: getattr(one, name) for name in KEPT},
        }
        for one in decisions
    }
    return {"rows": rows, "conflict": [], "optimal": True}


def same_amounts(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(
        Decimal(row["amount"]) == Decimal(other["rows"][key]["amount"])
        for key, row in one["rows"].items()
    )


@dataclass(frozen=True)
class Effect:
    """What a scenario does as a whole: money, dossiers, companies, by theme and department."""

    spent: Decimal
    awards: int
    reserve: int
    companies: int
    innovative: int
    unsure: int
    themes: dict[str, Decimal]
    departments: dict[str, Decimal]


def effect_of(
    result: dict[str, Any], rows: dict[int, Row], innovative: dict[int, bool | None]
) -> Effect:
    paid = {int(key): Decimal(one["amount"]) for key, one in result["rows"].items()}
    funded = {key: amount for key, amount in paid.items() if amount > 0}
    themes: dict[str, Decimal] = defaultdict(Decimal)
    departments: dict[str, Decimal] = defaultdict(Decimal)
    for key, amount in funded.items():
        themes[rows[key].theme or "—"] += amount
        departments[rows[key].department or "—"] += amount
    companies = {rows[key].group: innovative.get(key) for key in funded}
    return Effect(
        spent=sum(funded.values(), Decimal(0)),
        awards=len(funded),
        reserve=sum(one["outcome"] == "reserve" for one in result["rows"].values()),
        companies=len(companies),
        innovative=sum(one is True for one in companies.values()),
        unsure=sum(one is None for one in companies.values()),
        themes=dict(themes),
        departments=dict(departments),
    )


def differing(results: Sequence[dict[str, Any]]) -> list[int]:
    """The dossiers that do not receive the same in all of them."""
    keys = results[0]["rows"] if results else {}
    return [
        int(key)
        for key in keys
        if len({Decimal(one["rows"][key]["amount"]) for one in results}) > 1
    ]
