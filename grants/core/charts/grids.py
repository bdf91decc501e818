"""Who has done what: one row a person, one square a dossier."""

from collections.abc import Sequence
from dataclasses import dataclass

from grants.core.charts.placing import shorten

CELL = 16


@dataclass(frozen=True)
class Cell:
    x: str  # text already: a number would be put into the words of a language
    state: str
    title: str


@dataclass(frozen=True)
class Line:
    label: str
    y: str
    text_y: str
    cells: tuple[Cell, ...]
    done: int
    total: int


@dataclass(frozen=True)
class Grid:
    title: str
    desc: str
    width: int
    height: int
    label_x: int
    lines: tuple[Line, ...]


def progress_grid(
    rows: Sequence[tuple[str, Sequence[tuple[str, str]]]],
    *,
    title: str,
    desc: str = "",
    label_width: int = 170,
    done: str = "done",
) -> Grid:
    """Rows are (person, cells); a cell is (state, text); an empty state is a gap."""
    lines = tuple(
        Line(
            label=shorten(label, 24),
            y=str(i * (CELL + 6)),
            text_y=str(i * (CELL + 6) + 13),
            cells=tuple(
                Cell(str(label_width + j * (CELL + 3)), state, told)
                for j, (state, told) in enumerate(cells)
                if state
            ),
            done=sum(state == done for state, _ in cells),
            total=sum(bool(state) for state, _ in cells),
        )
        for i, (label, cells) in enumerate(rows)
    )
    longest = max((len(cells) for _, cells in rows), default=0)
    width = label_width + longest * (CELL + 3)
    return Grid(title, desc, width, len(lines) * (CELL + 6), label_width - 10, lines)
