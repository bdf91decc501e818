"""Horizontal bars, the funnel and the envelope gauge: all from zero."""

from collections.abc import Sequence
from dataclasses import dataclass

from grants.core.charts.placing import percentage, shorten

BAR_STEP = 46  # one label line and its bar


@dataclass(frozen=True)
class Item:
    """One value to draw, with its label and the value as people read it."""

    label: str
    value: float
    text: str
    second: float | None = None  # a share of `value` already reached, drawn over it
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Bar:
    label: str
    short: str
    text: str
    note: str
    url: str
    width: str
    second: str | None
    label_y: int
    bar_y: int


@dataclass(frozen=True)
class Bars:
    title: str
    desc: str
    height: int
    rows: tuple[Bar, ...]


def bars(items: Sequence[Item], *, title: str, desc: str = "", full: float | None = None) -> Bars:
    """Bars from zero; the longest, or `full`, fills the width."""
    top = full or max((item.value for item in items), default=0) or 1
    rows = tuple(
        Bar(
            label=item.label,
            short=shorten(item.label),
            text=item.text,
            note=item.note,
            url=item.url,
            width=percentage(100 * item.value / top),
            second=None if item.second is None else percentage(100 * item.second / top),
            label_y=i * BAR_STEP + 16,
            bar_y=i * BAR_STEP + 24,
        )
        for i, item in enumerate(items)
    )
    return Bars(title, desc, len(rows) * BAR_STEP, rows)


def funnel(
    items: Sequence[Item], *, title: str, desc: str = "", share_text: str = "{share}\u202f%"
) -> Bars:
    """Bars against the first step; each later one says what share of the step before it is."""
    steps = []
    for before, item in zip([None, *items], items, strict=False):
        note = ""
        if before is not None and before.value:
            note = share_text.format(share=round(100 * item.value / before.value))
        steps.append(Item(item.label, item.value, item.text, note=note, url=item.url))
    return bars(steps, title=title, desc=desc, full=items[0].value if items else None)


@dataclass(frozen=True)
class Part:
    kind: str
    label: str
    text: str
    x: str
    width: str


@dataclass(frozen=True)
class Gauge:
    title: str
    desc: str
    parts: tuple[Part, ...]
    left_text: str
    over: bool


def gauge(
    parts: Sequence[tuple[str, str, float, str]],
    *,
    total: float,
    title: str,
    left_text: str,
    desc: str = "",
) -> Gauge:
    """Parts are (kind, label, value, text), laid end to end; past the end they are cut."""
    start, drawn = 0.0, []
    for kind, label, value, text in parts:
        share = 100 * max(value, 0) / total if total > 0 else 0
        width = min(share, 100 - start)
        drawn.append(Part(kind, label, text, percentage(start), percentage(width)))
        start += width
    over = sum(max(value, 0) for _, _, value, _ in parts) > total
    return Gauge(title, desc, tuple(drawn), left_text, over)
