"""The 13 departments, shaded by value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from grants.core.map_shapes import HEIGHT, SHAPES, WIDTH

LEVELS = 5


@dataclass(frozen=True)
class Area:
    code: str
    name: str
    path: str
    x: int
    y: int
    count_y: int
    text: str
    level: int


@dataclass(frozen=True)
class Map:
    title: str
    desc: str
    box: str
    areas: tuple[Area, ...]
    steps: tuple[tuple[int, str], ...]  # level and the values it stands for


def _level(value: float, top: float) -> int:
    """Nothing is level 0; the rest is cut in five equal steps."""
    return 0 if value <= 0 else min(LEVELS, max(1, ceil(LEVELS * value / top)))


def department_map(
    values: Mapping[str, float],
    *,
    title: str,
    desc: str = "",
    texts: Mapping[str, str] | None = None,
) -> Map:
    """Occitanie by department code; an absent department counts nothing."""
    top = max([*values.values(), 0]) or 1
    texts = texts or {code: f"{value:g}" for code, value in values.items()}
    areas = tuple(
        Area(
            code=shape.code,
            name=shape.name,
            path=shape.path,
            x=shape.x,
            y=shape.y - 5,
            count_y=shape.y + 25,
            text=texts.get(shape.code, "0"),
            level=_level(values.get(shape.code, 0), top),
        )
        for shape in SHAPES
    )
    return Map(
        title,
        desc,
        f"0 0 {WIDTH} {HEIGHT}",
        areas,
        _map_steps(values.get(shape.code, 0) for shape in SHAPES),
    )


def _map_steps(values: Iterable[float]) -> tuple[tuple[int, str], ...]:
    values = list(values)
    top = max([*values, 0]) or 1
    groups: dict[int, list[float]] = {}
    for value in values:
        groups.setdefault(_level(value, top), []).append(value)
    return tuple(
        (level, f"{min(group):g}" if min(group) == max(group) else f"{min(group):g}–{max(group):g}")
        for level, group in sorted(groups.items())
    )
