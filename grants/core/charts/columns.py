"""Upright columns, one a day: what arrived when."""

from collections.abc import Sequence
from dataclasses import dataclass

from grants.core.charts.placing import percentage

PLOT = 120  # height of the tallest column
HEAD = 22  # room above it for its value


@dataclass(frozen=True)
class Column:
    label: str
    text: str
    x: str
    width: str
    y: str
    height: str
    is_empty: bool


@dataclass(frozen=True)
class ColumnMark:
    x: str
    text: str
    anchor: str


@dataclass(frozen=True)
class Columns:
    title: str
    desc: str
    height: int
    base: int
    columns: tuple[Column, ...]
    ticks: tuple[ColumnMark, ...]
    peak: ColumnMark | None
    peak_y: int = HEAD - 7
    tick_y: int = HEAD + PLOT + 20


def columns(days: Sequence[tuple[str, int]], *, title: str, desc: str = "") -> Columns:
    """Days are (label, count), every day told; the first, the last and the highest are named."""
    top = max((count for _, count in days), default=0)
    step = 100 / max(len(days), 1)
    drawn = tuple(_column(i, label, count, step, top or 1) for i, (label, count) in enumerate(days))
    return Columns(
        title=title,
        desc=desc,
        height=HEAD + PLOT + 28,
        base=HEAD + PLOT,
        columns=drawn,
        ticks=_ticks(days),
        peak=_peak(days, step, top) if top else None,
    )


def _column(i: int, label: str, count: int, step: float, top: int) -> Column:
    tall = PLOT * count / top
    return Column(
        label=label,
        text=str(count),
        x=percentage(i * step + step * 0.1),
        width=percentage(step * 0.8),
        y=f"{HEAD + PLOT - tall:.1f}",
        height=f"{tall:.1f}",
        is_empty=not count,
    )


def _ticks(days: Sequence[tuple[str, int]]) -> tuple[ColumnMark, ...]:
    if not days:
        return ()
    first = ColumnMark(percentage(0), days[0][0], "start")
    return (first, ColumnMark(percentage(100), days[-1][0], "end"))[: len(days)]


def _peak(days: Sequence[tuple[str, int]], step: float, top: int) -> ColumnMark:
    i = next(i for i, (_, count) in enumerate(days) if count == top)
    middle = (i + 0.5) * step
    anchor = "start" if middle < 8 else "end" if middle > 92 else "middle"
    at = {"start": i * step, "middle": middle, "end": (i + 1) * step}[anchor]
    return ColumnMark(percentage(at), str(top), anchor)
