"""How far reviewers agree: Krippendorff's alpha and intraclass correlations. No unit, 1 at best.

Krippendorff 2011, « Computing Krippendorff's alpha-reliability »; Shrout and Fleiss 1979,
Psychol. Bull. 86:420. Weights are left out: agreement is about what reviewers wrote.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from reviews.panels.fitting import estimate
from reviews.panels.mixed_model import Floats, design_of
from reviews.panels.scores import Score, check_scores

LEVELS = ("nominal", "ordinal", "interval", "ratio")


@dataclass(frozen=True)
class Intraclass:
    """ICC(1), ICC(2,1), ICC(2,k), ICC(3,1); None where the scores cannot tell."""

    icc1: float | None
    icc2: float | None
    icc2k: float | None
    icc3: float | None


NOTHING = Intraclass(None, None, None, None)


def krippendorff_alpha(scores: tuple[Score, ...], level: str) -> float | None:
    """Alpha at a level of measurement; a missing score is simply absent.

    None when no dossier has two scores, when all scores are the same, and at the ratio level when
    one is negative. Raises `ValueError` on an unknown level.
    """
    if level not in LEVELS:
        raise ValueError(f"unknown level {level}")
    check_scores(scores)
    values, coincidences = _coincidences(scores)
    if level == "ratio" and len(values) and values[0] < 0:
        return None
    totals = coincidences.sum(axis=1)
    count = totals.sum()
    distance = DISTANCES[level](values, totals)
    expected = float(totals @ distance @ totals)
    if expected == 0:
        return None
    return 1 - float((count - 1) * (coincidences * distance).sum()) / expected


def _coincidences(scores: tuple[Score, ...]) -> tuple[Floats, Floats]:
    """Distinct paired values, ascending, and how often two of them meet on one dossier."""
    units: dict[str, list[float]] = defaultdict(list)
    for score in scores:
        units[score.dossier].append(score.value)
    paired = [unit for unit in units.values() if len(unit) > 1]
    values = np.unique(np.array([value for unit in paired for value in unit], dtype=float))
    table = np.zeros((len(values), len(values)))
    for unit in paired:
        counts = np.bincount(np.searchsorted(values, unit), minlength=len(values))
        table += (np.outer(counts, counts) - np.diag(counts)) / (len(unit) - 1)
    return values, table


def _nominal(values: Floats, totals: Floats) -> Floats:
    return (values[:, None] != values[None, :]).astype(float)


def _ordinal(values: Floats, totals: Floats) -> Floats:
    """Squared number of ranks between two values, half of each end left out."""
    middles = np.cumsum(totals) - totals / 2
    return (middles[:, None] - middles[None, :]) ** 2


def _interval(values: Floats, totals: Floats) -> Floats:
    return (values[:, None] - values[None, :]) ** 2


def _ratio(values: Floats, totals: Floats) -> Floats:
    sums = values[:, None] + values[None, :]
    gaps = values[:, None] - values[None, :]
    return np.divide(gaps, sums, out=np.zeros_like(gaps), where=sums != 0) ** 2


DISTANCES: dict[str, Callable[[Floats, Floats], Floats]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio,
}


def intraclass(scores: tuple[Score, ...]) -> Intraclass:
    """Intraclass correlations.

    Every dossier scored by every reviewer: Shrout and Fleiss's mean squares. Otherwise ICC(1) from
    the one-way analysis with unequal numbers, the others from the REML variances, k being the
    harmonic mean of the scores per dossier.
    """
    check_scores(scores)
    plain = tuple(replace(score, weight=1.0) for score in scores)
    dossiers = len({score.dossier for score in plain})
    reviewers = len({score.reviewer for score in plain})
    if dossiers < 2 or reviewers < 2:
        return NOTHING
    if len(plain) == dossiers * reviewers:
        return _complete(plain, dossiers, reviewers)
    return _incomplete(plain)


def _complete(scores: tuple[Score, ...], n: int, k: int) -> Intraclass:
    design = design_of(scores)
    table = np.zeros((n, k))
    table[design.dossier, design.reviewer] = design.value
    grand = table.mean()
    rows = k * float(((table.mean(axis=1) - grand) ** 2).sum())
    columns = n * float(((table.mean(axis=0) - grand) ** 2).sum())
    total = float(((table - grand) ** 2).sum())
    between = rows / (n - 1)
    within = (total - rows) / (n * (k - 1))
    judges = columns / (k - 1)
    error = (total - rows - columns) / ((n - 1) * (k - 1))
    gap = between - error
    return Intraclass(
        icc1=_share(between - within, between + (k - 1) * within),
        icc2=_share(gap, between + (k - 1) * error + k * (judges - error) / n),
        icc2k=_share(gap, between + (judges - error) / n),
        icc3=_share(gap, between + (k - 1) * error),
    )


def _incomplete(scores: tuple[Score, ...]) -> Intraclass:
    design = design_of(scores)
    counts = np.bincount(design.dossier)
    free = len(scores) - len(design.dossiers) - len(design.reviewers) + 1
    if free < 1 or np.ptp(design.value) == 0:
        return replace(NOTHING, icc1=_one_way(scores))
    sd = estimate(design)
    dossier, reviewer, noise = sd.dossier**2, sd.reviewer**2, sd.residual**2
    several = float(len(counts) / (1 / counts).sum())
    return Intraclass(
        icc1=_one_way(scores),
        icc2=_share(dossier, dossier + reviewer + noise),
        icc2k=_share(dossier, dossier + (reviewer + noise) / several),
        icc3=_share(dossier, dossier + noise),
    )


def _one_way(scores: tuple[Score, ...]) -> float | None:
    design = design_of(scores)
    counts = np.bincount(design.dossier)
    n, total = len(counts), len(scores)
    if total == n:
        return None
    means = np.bincount(design.dossier, weights=design.value) / counts
    between = float((counts * (means - design.value.mean()) ** 2).sum()) / (n - 1)
    within = float(((design.value - means[design.dossier]) ** 2).sum()) / (total - n)
    size = (total - float((counts**2).sum()) / total) / (n - 1)
    return _share(between - within, between + (size - 1) * within)


def _share(part: float, whole: float) -> float | None:
    return None if whole == 0 else part / whole
