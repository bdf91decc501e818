"""Krippendorff's alpha of one criterion with its 90 % interval, by drawing dossiers again.

Dossiers with the same scores are one pattern: drawing patterns by their frequencies is drawing the
dossiers. Always the same draws, so that a page read twice says the same.
"""

from dataclasses import dataclass

import numpy as np

from reviews.panels.agreement import krippendorff_alpha
from reviews.panels.mixed_model import Floats
from reviews.panels.scores import Score

DRAWS = 2_000
SEED = 20_000
LOW, HIGH = 5, 95
FEWEST = 5  # dossiers read by two: below, an interval would be a pretence


@dataclass(frozen=True)
class Agreement:
    """Ordinal alpha, 1 at best, 0 for chance; `units` is how many dossiers two experts scored."""

    alpha: float | None
    low: float | None
    high: float | None
    interval_alpha: float | None
    units: int


def agreement_of(scores: tuple[Score, ...]) -> Agreement:
    """None throughout where nothing can be said: no shared dossier, or all scores the same."""
    patterns, counts = _patterns(scores)
    units = int(counts.sum())
    if not units:
        return Agreement(None, None, None, None, 0)
    alpha = krippendorff_alpha(scores, "ordinal")
    low, high = (None, None) if alpha is None or units < FEWEST else _bounds(patterns, counts)
    return Agreement(alpha, low, high, krippendorff_alpha(scores, "interval"), units)


def _patterns(scores: tuple[Score, ...]) -> tuple[Floats, Floats]:
    """Distinct tables of coincidences of one dossier, and how many dossiers have each."""
    units: dict[str, list[float]] = {}
    for score in scores:
        units.setdefault(score.dossier, []).append(score.value)
    paired = [unit for unit in units.values() if len(unit) > 1]
    values = np.unique(np.array([value for unit in paired for value in unit], dtype=float))
    tables: dict[tuple[int, ...], int] = {}
    for unit in paired:
        met = np.bincount(np.searchsorted(values, unit), minlength=len(values))
        tables[tuple(met.tolist())] = tables.get(tuple(met.tolist()), 0) + 1
    found = [_coincidences(np.array(met)) for met in sorted(tables)]
    counts = np.array([tables[met] for met in sorted(tables)], dtype=float)
    return np.array(found, dtype=float), counts


def _coincidences(met: Floats) -> Floats:
    return np.asarray((np.outer(met, met) - np.diag(met)) / (met.sum() - 1), dtype=np.float64)


def _bounds(patterns: Floats, counts: Floats) -> tuple[float | None, float | None]:
    numbers = np.random.default_rng(SEED)
    units = int(counts.sum())
    drawn = numbers.multinomial(units, counts / units, size=DRAWS).astype(float)
    tables = np.einsum("bp,pij->bij", drawn, patterns)
    alphas = _alphas(tables)
    known = alphas[np.isfinite(alphas)]
    if len(known) < DRAWS / 2:
        return None, None
    low, high = np.percentile(known, [LOW, HIGH])
    return float(low), float(high)


def _alphas(tables: Floats) -> Floats:
    """Ordinal alpha of each table; not a number where all scores drawn were the same."""
    totals = tables.sum(axis=2)
    middles = np.cumsum(totals, axis=1) - totals / 2
    distance = (middles[:, :, None] - middles[:, None, :]) ** 2
    expected = np.einsum("bi,bij,bj->b", totals, distance, totals)
    observed = np.einsum("bij,bij->b", tables, distance)
    count = totals.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(1 - (count - 1) * observed / expected, dtype=np.float64)
