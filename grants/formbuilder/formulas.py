"""Computed values: a sum, a difference or a ratio of other answers. Nothing else, never code."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from grants.core.money import rounded

ACTS = ("sum", "difference", "ratio")
PLACES = {"money": 2, "decimal": 2, "percentage": 1, "integer": 0}
TERMS = frozenset({"integer", "decimal", "money", "percentage", "computed"})


@dataclass(frozen=True)
class Term:
    """An answer, or the total of a column of a table."""

    question: str
    column: str = ""


@dataclass(frozen=True)
class Formula:
    """The first term plus, minus or divided by the others; `shown_as` is a kind of number."""

    act: str
    terms: tuple[Term, ...]
    shown_as: str = "money"


def compute(formula: Formula, values: Mapping[str, Any]) -> str | None:
    """The value as it is stored; None until every term is known, or when it cannot be divided."""
    known = [number_of(term, values) for term in formula.terms]
    numbers = [number for number in known if number is not None]
    if len(numbers) < len(known):
        return None
    result = apply(formula, numbers)
    return None if result is None else str(rounded(result, PLACES[formula.shown_as]))


def apply(formula: Formula, numbers: list[Decimal]) -> Decimal | None:
    first, rest = numbers[0], sum(numbers[1:], Decimal(0))
    if formula.act == "sum":
        return first + rest
    if formula.act == "difference":
        return first - rest
    if not rest:
        return None
    return first / rest * (100 if formula.shown_as == "percentage" else 1)


def number_of(term: Term, values: Mapping[str, Any]) -> Decimal | None:
    value = values.get(term.question)
    if value is None:
        return None
    if not term.column:
        return Decimal(str(value))
    cells = (row.get(term.column) for row in value)
    return sum((Decimal(str(cell)) for cell in cells if cell is not None), Decimal(0))


def parse_formula(told: Mapping[str, Any]) -> Formula:
    """`{"act": "sum", "of": [{"question": …, "column": …}], "as": "money"}`, or a ValueError."""
    terms = tuple(Term(term["question"], term.get("column", "")) for term in told["of"])
    formula = Formula(told["act"], terms, told.get("as", "money"))
    if formula.act not in ACTS or formula.shown_as not in PLACES:
        raise ValueError("unknown act or presentation")
    if not terms or (formula.act != "sum" and len(terms) < 2):
        raise ValueError("too few terms")
    return formula


def as_json(formula: Formula) -> dict[str, Any]:
    return {
        "act": formula.act,
        "of": [
            {"question": term.question, **({"column": term.column} if term.column else {})}
            for term in formula.terms
        ],
        "as": formula.shown_as,
    }
