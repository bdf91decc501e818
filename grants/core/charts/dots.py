"""Scores with their intervals on one scale, and the funding line."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from grants.core.charts.placing import percentage, shorten

DOT_STEP = 40


@dataclass(frozen=True)
class Estimate:
    """A ranked dossier: its score and the interval around it."""

    label: str
    value: float
    low: float
    high: float
    text: str
    zone: str = ""  # accepted, grey, rejected
    url: str = ""


@dataclass(frozen=True)
class Dot:
    label: str
    short: str
    text: str
    zone: str
    url: str
    x: str
    left: str
    right: str
    clipped_left: bool
    clipped_right: bool
    label_y: int
    y: int


@dataclass(frozen=True)
class Tick:
    x: str
    text: str
    anchor: str


@dataclass(frozen=True)
class Dots:
    title: str
    desc: str
    height: int
    plot_height: int
    axis_y: int
    ticks: tuple[Tick, ...]
    rows: tuple[Dot, ...]
    line_y: int | None  # the funding line, between the last funded row and the next
    line_text_y: int | None


def scale(low: float, high: float) -> tuple[float, ...]:
    """Three to seven round ticks that include both ends."""
    if high <= low:
        high = low + 1
    raw = (high - low) / 5
    power = 10 ** floor(log10(raw))
    step = next(power * nice for nice in (1, 2, 5, 10) if power * nice >= raw * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return tuple(round(i * step, 10) for i in range(first, last + 1))


def _place(value: float, start: float, end: float) -> float:
    return 100 * (value - start) / (end - start)


def _anchor(place: float) -> str:
    """Texts at the ends stay inside the drawing."""
    if place < 2:
        return "start"
    return "end" if place > 98 else "middle"


def _marks(start: float, end: float) -> tuple[float, ...]:
    """Both ends, and the round values that stand clear of them."""
    room = (end - start) / 12
    inside = [mark for mark in scale(start, end) if start + room < mark < end - room]
    return (start, *inside, end)


def _dot(i: int, estimate: Estimate, start: float, end: float) -> Dot:
    return Dot(
        label=estimate.label,
        short=shorten(estimate.label),
        text=estimate.text,
        zone=estimate.zone,
        url=estimate.url,
        x=percentage(_place(estimate.value, start, end)),
        left=percentage(_place(estimate.low, start, end)),
        right=percentage(_place(estimate.high, start, end)),
        clipped_left=estimate.low < start,
        clipped_right=estimate.high > end,
        label_y=i * DOT_STEP + 15,
        y=i * DOT_STEP + 27,
    )


def dots(
    estimates: Sequence[Estimate],
    *,
    title: str,
    desc: str = "",
    bounds: tuple[float, float] | None = None,
    places: int | None = None,
    decimal: str = ",",
) -> Dots:
    """Scores with their intervals on one scale; outside `bounds` an interval is cut and says so."""
    low = min((e.low for e in estimates), default=0)
    high = max((e.high for e in estimates), default=1)
    round_ends = scale(low, high)
    start, end = bounds or (round_ends[0], round_ends[-1])
    places_of_marks = [(mark, _place(mark, start, end)) for mark in _marks(start, end)]
    ticks = tuple(
        Tick(percentage(place), f"{mark:g}".replace(".", decimal), _anchor(place))
        for mark, place in places_of_marks
    )
    rows = tuple(_dot(i, estimate, start, end) for i, estimate in enumerate(estimates))
    plot = len(rows) * DOT_STEP
    line = None if places is None else min(places, len(rows)) * DOT_STEP
    return Dots(
        title=title,
        desc=desc,
        height=plot + 30,
        plot_height=plot,
        axis_y=plot + 22,
        ticks=ticks,
        rows=rows,
        line_y=line,
        line_text_y=None if line is None else max(line - 5, 12),
    )
