"""When a question is asked: comparisons with earlier answers, joined by “and” or by “or”."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

NUMBERS = frozenset({"integer", "decimal", "money", "percentage", "computed"})
ORDERED = NUMBERS | {"date"}

GIVEN = ("given", "missing")
EQUAL = ("equals", "differs")
ORDER = ("at_least", "at_most", "above", "below")
MEMBER = ("holds", "lacks")
WITHOUT_VALUE = frozenset(GIVEN)


@dataclass(frozen=True)
class Comparison:
    """`value` is stored like an answer to that question; `given` and `missing` have none."""

    question: str
    how: str
    value: Any = None


@dataclass(frozen=True)
class Condition:
    """`joined` is “all” or “any”."""

    joined: str
    parts: tuple["Comparison | Condition", ...]


def comparisons_for(kind: str) -> tuple[str, ...]:
    """How an answer of this kind may be compared."""
    if kind in ORDERED:
        return (*EQUAL, *ORDER, *GIVEN)
    if kind in {"yes_no", "one_of"}:
        return (*EQUAL, *GIVEN)
    if kind == "several_of":
        return (*MEMBER, *GIVEN)
    return () if kind == "file" else GIVEN


def comparisons_in(condition: Condition) -> Iterator[Comparison]:
    for part in condition.parts:
        if isinstance(part, Condition):
            yield from comparisons_in(part)
        else:
            yield part


def holds(condition: Condition, values: Mapping[str, Any], kinds: Mapping[str, str]) -> bool:
    """Whether the question is asked, given the answers before it."""
    every = all if condition.joined == "all" else any
    return every(
        holds(part, values, kinds)
        if isinstance(part, Condition)
        else compare(part, values.get(part.question), kinds[part.question])
        for part in condition.parts
    )


def compare(part: Comparison, answer: Any, kind: str) -> bool:
    """Nothing is concluded from an answer not given yet, except that it is missing."""
    if part.how in WITHOUT_VALUE:
        return (answer is not None) == (part.how == "given")
    if answer is None:
        return False
    if kind in NUMBERS:
        return COMPARE[part.how](Decimal(str(answer)), Decimal(str(part.value)))
    return COMPARE[part.how](answer, part.value)


COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "equals": lambda answer, value: answer == value,
    "differs": lambda answer, value: answer != value,
    "at_least": lambda answer, value: answer >= value,
    "at_most": lambda answer, value: answer <= value,
    "above": lambda answer, value: answer > value,
    "below": lambda answer, value: answer < value,
    "holds": lambda answer, value: value in answer,
    "lacks": lambda answer, value: value not in answer,
}


def parse_condition(told: Mapping[str, Any]) -> Condition:
    """`{"all": [{"question": …, "is": …, "value": …}, {"any": […]}]}`, or a ValueError."""
    joined = next((name for name in ("all", "any") if name in told), None)
    if joined is None or len(told) != 1 or not isinstance(told[joined], list):
        raise ValueError("a condition is “all” or “any” of a list")
    parts = tuple(parse_part(part) for part in told[joined])
    if not parts:
        raise ValueError("an empty condition")
    return Condition(joined, parts)


def parse_part(part: Mapping[str, Any]) -> Comparison | Condition:
    if "question" not in part:
        return parse_condition(part)
    return Comparison(part["question"], part["is"], part.get("value"))


def as_json(condition: Condition) -> dict[str, Any]:
    return {condition.joined: [part_as_json(part) for part in condition.parts]}


def part_as_json(part: Comparison | Condition) -> dict[str, Any]:
    if isinstance(part, Condition):
        return as_json(part)
    told = {"question": part.question, "is": part.how}
    return told if part.how in WITHOUT_VALUE else {**told, "value": part.value}
