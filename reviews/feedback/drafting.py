"""A first text for the applicant out of what the reviewers wrote. Plain values in and out.

A comment goes with the strengths of its criterion when its mark is in the upper half of the scale,
with what is to improve otherwise. Lines are in alphabetical order and told once, so that neither
their number nor their order says who wrote them; names, addresses and marks are taken out.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

HIDDEN = "[…]"
MARK = re.compile(r"\b\d{1,2}(?:[.,]\d+)?\s*(?:/|sur)\s*(?:5|10|20)\b")
MAIL = re.compile(r"[^\s(<,;]+@[\w.-]+\.\w+")
LEAST_LETTERS = 3


@dataclass(frozen=True)
class Comment:
    """What one reader wrote on one criterion, with the mark that goes with it."""

    criterion: int
    mark: int
    text: str


@dataclass(frozen=True)
class Reading:
    """One evaluation: comments by criterion, and its two conclusions."""

    comments: tuple[Comment, ...]
    strengths: str
    weaknesses: str


@dataclass(frozen=True)
class Draft:
    strengths: str
    weaknesses: str


def drafted(
    readings: Iterable[Reading],
    criteria: Iterable[int],
    *,
    top: int,
    people: Iterable[str],
    houses: Iterable[str] = (),
) -> Mapping[int | None, Draft]:
    """The draft of each criterion and, under None, of the whole."""
    readings = tuple(readings)
    hidden = patterns_of(people, houses)
    comments = [comment for reading in readings for comment in reading.comments]
    found: dict[int | None, Draft] = {}
    for criterion in criteria:
        own = [comment for comment in comments if comment.criterion == criterion]
        found[criterion] = Draft(
            told((one.text for one in own if 2 * one.mark > top), hidden),
            told((one.text for one in own if 2 * one.mark <= top), hidden),
        )
    found[None] = Draft(
        told((one.strengths for one in readings), hidden),
        told((one.weaknesses for one in readings), hidden),
    )
    return found


def told(texts: Iterable[str], hidden: re.Pattern[str] | None) -> str:
    """Every line once, in alphabetical order."""
    lines = {}
    for text in texts:
        for line in text.splitlines():
            clean = without(line.strip(), hidden)
            if clean:
                lines.setdefault(clean.casefold(), clean)
    return "\n".join(lines[key] for key in sorted(lines))


def without(line: str, hidden: re.Pattern[str] | None) -> str:
    line = MARK.sub(HIDDEN, MAIL.sub(HIDDEN, line))
    return hidden.sub(HIDDEN, line) if hidden else line


def patterns_of(people: Iterable[str], houses: Iterable[str]) -> re.Pattern[str] | None:
    """Whole names; of people also each word of three letters or more that begins with a capital."""
    words = {house.strip() for house in houses}
    for name in people:
        words.add(name.strip())
        words |= {word for word in name.split() if len(word) >= LEAST_LETTERS and word[0].isupper()}
    longest_first = sorted((word for word in words if word), key=lambda word: (-len(word), word))
    if not longest_first:
        return None
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")


def named_in(text: str, names: Iterable[str]) -> bool:
    """Whether one of these whole names stands in the text."""
    folded = text.casefold()
    return any(name.casefold() in folded for name in names if name)
