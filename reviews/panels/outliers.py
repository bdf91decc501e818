"""Reviewers whose scores stand apart from those of their co-readers, by two plain tests.

For each reading, the gap to the mean of the other readers of that dossier, scaled to the same
variance whatever their number. Severity: is the mean gap zero (Student)? Erratic scoring: do the
gaps spread more than those of all reviewers together (chi-squared)? At 1 %; under twelve readings
the tests see too little to say anything. A flag asks a question; it never removes a score.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from grants.core.late import special
from reviews.panels.mixed_model import Floats
from reviews.panels.scores import Score

LEVEL = 0.01
LEAST_READINGS = 12


@dataclass(frozen=True)
class Reader:
    """One reviewer against co-readers. `gap` is in points; `spread` is the variance of the gaps
    over that of all reviewers. Probabilities are None where nothing is tested."""

    id: str
    readings: int
    gap: float
    p_gap: float | None
    spread: float | None
    p_spread: float | None

    @property
    def flags(self) -> tuple[str, ...]:
        """« severe » or « generous », « erratic »."""
        found = []
        if self.p_gap is not None and self.p_gap < LEVEL:
            found.append("generous" if self.gap > 0 else "severe")
        if self.p_spread is not None and self.p_spread < LEVEL:
            found.append("erratic")
        return tuple(found)


def readers_of(scores: tuple[Score, ...]) -> tuple[Reader, ...]:
    """Every reviewer who shares a dossier with another, by identifier."""
    gaps, scaled = _gaps(scores)
    free = sum(len(values) - 1 for values in scaled.values())
    squares = sum(float(np.var(values)) * len(values) for values in scaled.values())
    pooled = squares / free if free > 0 and squares > 0 else None
    return tuple(
        _reader(name, np.array(gaps[name]), np.array(scaled[name]), pooled) for name in sorted(gaps)
    )


def _gaps(scores: tuple[Score, ...]) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    read: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        read[score.dossier].append(score)
    gaps: dict[str, list[float]] = defaultdict(list)
    scaled: dict[str, list[float]] = defaultdict(list)
    for dossier in sorted(read):
        readers = read[dossier]
        if len(readers) < 2:
            continue
        whole = sum(one.value for one in readers)
        for one in readers:
            gap = one.value - (whole - one.value) / (len(readers) - 1)
            gaps[one.reviewer].append(gap)
            scaled[one.reviewer].append(gap * float(np.sqrt((len(readers) - 1) / len(readers))))
    return gaps, scaled


def _reader(name: str, gaps: Floats, scaled: Floats, pooled: float | None) -> Reader:
    count = len(gaps)
    tested = count >= LEAST_READINGS and pooled is not None
    variance = float(np.var(scaled, ddof=1)) if count > 1 else 0.0
    p_gap = p_spread = None
    if tested and pooled:
        # A reviewer always at the same distance has no spread of their own: all reviewers' then.
        error = np.sqrt(max(variance, 1e-12 * pooled) / count)
        p_gap = float(2 * special.stdtr(count - 1, -abs(float(scaled.mean())) / error))
        p_spread = float(special.chdtrc(count - 1, (count - 1) * variance / pooled))
    return Reader(
        id=name,
        readings=count,
        gap=float(gaps.mean()),
        p_gap=p_gap,
        spread=variance / pooled if pooled and count > 1 else None,
        p_spread=p_spread,
    )
