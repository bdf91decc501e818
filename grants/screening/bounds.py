"""What stands after a filter that compares: `>50000`, `<=2027-01-14`, `50000..100000`, `31`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

SHAPE = re.compile(r"(>=|<=|>|<|=)?(.+)")
NUMBER = re.compile(r"\d{1,12}(?:[.,]\d{1,2})?", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Bounds:
    """Both ends, None where open; `low_out` and `high_out` leave the end itself out."""

    low: Any = None
    high: Any = None
    low_out: bool = False
    high_out: bool = False


def amounts(text: str) -> Bounds | None:
    """Euros; `50k` is fifty thousand. None when it says nothing."""
    return bounds(text, euros)


def days(text: str) -> Bounds | None:
    return bounds(text, day)


def bounds(text: str, read: Callable[[str], Any]) -> Bounds | None:
    try:
        if ".." in text:
            low, high = (read(end) for end in text.split("..", 1))
            return Bounds(low, high) if low <= high else None
        sign, rest = SHAPE.fullmatch(text).groups()
        value = read(rest)
    except (AttributeError, ValueError):
        return None
    return {
        ">": Bounds(low=value, low_out=True),
        ">=": Bounds(low=value),
        "<": Bounds(high=value, high_out=True),
        "<=": Bounds(high=value),
    }.get(sign, Bounds(value, value))


def euros(text: str) -> Decimal:
    bare = text.lower().removesuffix("€")
    thousands = bare.endswith("k")
    bare = bare.removesuffix("k")
    if not NUMBER.fullmatch(bare):
        raise ValueError(text)
    return Decimal(bare.replace(",", ".")) * (1000 if thousands else 1)


def day(text: str) -> date:
    if not DAY.fullmatch(text):
        raise ValueError(text)
    found = date.fromisoformat(text)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(text)
    return found
