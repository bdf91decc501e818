"""The weighted mean of a grid, marked in part or in full. Plain values, exact decimals."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

PLACES = Decimal("0.01")


def weighted_mean(marks: Iterable[tuple[int | None, Decimal]]) -> Decimal | None:
    """Mean of the marks given so far, by weight, on two places; None before the first one."""
    given = [(Decimal(mark), weight) for mark, weight in marks if mark is not None]
    if not given:
        return None
    whole = sum(weight for _mark, weight in given)
    return (sum(mark * weight for mark, weight in given) / whole).quantize(PLACES, ROUND_HALF_UP)
