"""One order under each method: the weighted mean, the corrected score, the expected rank."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reviews.panels.ranking import SAME, Ranked

METHODS = ("raw", "calibrated", "expected")


@dataclass(frozen=True)
class Ranks:
    """Places from 1; `expected` is None where uncertainty is not measured."""

    raw: int
    calibrated: int
    expected: int | None

    def under(self, method: str) -> int | None:
        return {"raw": self.raw, "calibrated": self.calibrated, "expected": self.expected}[method]


def compare(lines: Iterable[Ranked]) -> dict[str, Ranks]:
    """Places of each dossier; ties are parted as the order itself parts them."""
    lines = list(lines)
    raw = _places(lines, lambda one: (-round(one.raw, SAME), -round(one.calibrated, SAME)))
    corrected = _places(lines, lambda one: (-round(one.calibrated, SAME), -round(one.raw, SAME)))
    expected: dict[str, int] = {}
    if all(one.expected_rank is not None for one in lines):
        expected = _places(
            lines,
            lambda one: (round(one.expected_rank or 0.0, SAME), -round(one.calibrated, SAME)),
        )
    return {one.id: Ranks(raw[one.id], corrected[one.id], expected.get(one.id)) for one in lines}


def _places(lines: list[Ranked], key: Callable[[Ranked], tuple[float, float]]) -> dict[str, int]:
    ordered = sorted(lines, key=lambda one: (*key(one), one.id))
    return {one.id: place for place, one in enumerate(ordered, 1)}
