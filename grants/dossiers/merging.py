"""Rows of one table typed by two people: merged when they did not touch the same row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Rows = Sequence[Any]


@dataclass(frozen=True)
class Merged:
    """The rows of both; `places` says where each row of the second author now stands."""

    rows: list[Any]
    places: list[int]


def merge_rows(base: Rows, mine: Rows, theirs: Rows) -> Merged | None:
    """Both changes on top of what both had seen; None when only a person can tell.

    Rows have no name of their own: they are followed by their place, so a row that was removed
    while somebody else wrote is left to people. Rows that are stored already keep their place.
    """
    if len(mine) < len(base) or len(theirs) < len(base):
        return None
    rows = list(theirs)
    for place, (was, is_mine, is_theirs) in enumerate(zip(base, mine, theirs, strict=False)):
        if is_mine not in (was, is_theirs) and is_theirs != was:
            return None
        rows[place] = is_theirs if is_mine == was else is_mine
    places = list(range(len(base)))
    for row in mine[len(base) :]:
        if row not in rows[len(base) :]:
            rows.append(row)
        places.append(len(base) + rows[len(base) :].index(row))
    return Merged(rows, places)
