"""The grid of a call as its readers see it: criteria, with their sub-criteria under one name."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

# What a criterion hands on to the next call, besides its key.
COPIED_CRITERION = (
    "heading", "name", "guidance", "weight", "anchors", "threshold", "comment_required",
)  # fmt: skip


@dataclass(frozen=True)
class Group:
    """A criterion scored alone (`heading` is empty), or the sub-criteria of one."""

    heading: str
    criteria: tuple[Any, ...]

    @property
    def weight(self) -> Decimal:
        return sum((criterion.weight for criterion in self.criteria), Decimal(0))


def grouped(criteria: Iterable[Any]) -> list[Group]:
    """Neighbours under one heading together, in the order of the grid."""
    found: list[Group] = []
    for heading, run in groupby(criteria, key=lambda criterion: criterion.heading):
        if heading:
            found.append(Group(heading, tuple(run)))
        else:
            found += [Group("", (criterion,)) for criterion in run]
    return found
