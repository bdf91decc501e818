"""Two orders of the same rows side by side, a line from each place to its other place.

The left order is shown from `first` on without a gap; a line that leaves the page to the right
stops at its edge, and the label says where it goes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from grants.core.charts.placing import shorten

SLOPE_STEP = 24
SLOPE_HEAD = 30  # room for the names of both orders
EDGE = 8


@dataclass(frozen=True)
class Slope:
    """One row: its place on the left, its place on the right."""

    label: str
    left: int
    right: int


@dataclass(frozen=True)
class SlopeLine:
    label: str
    short: str
    left: str
    right: str
    move: str  # up, down, same: from left to right
    left_y: str
    right_y: str
    text_y: str
    is_cut: bool


@dataclass(frozen=True)
class SlopeMark:
    text: str
    y: str


@dataclass(frozen=True)
class Slopes:
    title: str
    desc: str
    height: int
    left_head: str
    right_head: str
    rows: tuple[SlopeLine, ...]
    marks: tuple[SlopeMark, ...]


def slopes(
    items: Sequence[Slope], *, title: str, left_head: str, right_head: str, desc: str = ""
) -> Slopes:
    """`items` in the order of the left, one place after the other."""
    first = items[0].left if items else 1
    last = first + len(items) - 1
    height = SLOPE_HEAD + len(items) * SLOPE_STEP + EDGE
    return Slopes(
        title=title,
        desc=desc,
        height=height,
        left_head=left_head,
        right_head=right_head,
        rows=tuple(_line(item, first, last, height) for item in items),
        marks=tuple(
            SlopeMark(str(place), f"{_y(place, first) + 5:.0f}") for place in range(first, last + 1)
        ),
    )


def _y(place: int, first: int) -> float:
    return SLOPE_HEAD + (place - first + 0.5) * SLOPE_STEP


def _line(item: Slope, first: int, last: int, height: int) -> SlopeLine:
    right_y = _y(item.right, first)
    if item.right < first:
        right_y = SLOPE_HEAD - EDGE
    elif item.right > last:
        right_y = height
    left_y = _y(item.left, first)
    return SlopeLine(
        label=item.label,
        short=shorten(item.label, 23),
        left=str(item.left),
        right=str(item.right),
        move="same" if item.left == item.right else "up" if item.right < item.left else "down",
        left_y=f"{left_y:.0f}",
        right_y=f"{right_y:.0f}",
        text_y=f"{left_y + 5:.0f}",
        is_cut=not first <= item.right <= last,
    )
