"""When a further reader is asked, and what mark then stands.

The rule of the EEA and Norway Grants 2009-2014: two experts; if their scores differ by more than
30 % of the higher one, a third reads; the mark is the mean of the two closest. Where the middle
score is at the same distance from both others, ours is the mean of the three. Beyond the rule,
`value_of_review` says where one more score is most likely to change what is funded.
"""

from decimal import Decimal
from itertools import pairwise

import numpy as np

from grants.core.late import special
from reviews.panels.calibration import Calibration
from reviews.panels.mixed_model import Floats

TOLERATED = Decimal("0.30")


def needs_third_reader(first: Decimal, second: Decimal, tolerated: Decimal = TOLERATED) -> bool:
    """Whether two scores (from 0 up, same unit) differ by more than a share of the higher one."""
    if min(first, second) < 0 or not (first + second).is_finite():
        raise ValueError("scores are finite and from 0 up")
    return abs(first - second) > tolerated * max(first, second)


def mark(scores: tuple[Decimal, ...]) -> Decimal:
    """The mark of one, two or three readers. Raises `ValueError` on another number of scores."""
    if not 1 <= len(scores) <= 3:
        raise ValueError("one to three scores")
    kept = _two_closest(scores) if len(scores) == 3 else scores
    return sum(kept, Decimal(0)) / len(kept)


def _two_closest(scores: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    low, middle, high = sorted(scores)
    if middle - low == high - middle:
        return (low, middle, high)
    return min(pairwise((low, middle, high)), key=lambda pair: pair[1] - pair[0])


def value_of_review(calibration: Calibration, places: int) -> dict[str, float]:
    """Expected gain of one more score on each dossier, in the unit of the scores, best first.

    The line lies midway between the last funded and the first refused. Empty when uncertainty is
    not measured, or when there are places for all.
    """
    sd, covariance = calibration.sd, calibration.covariance
    ordered = sorted((one.calibrated for one in calibration.dossiers), reverse=True)
    if sd is None or covariance is None or not 1 <= places < len(ordered):
        return {}
    line = (ordered[places - 1] + ordered[places]) / 2
    variance = covariance.variances
    noise = sd.reviewer**2 + sd.residual**2
    # Variance that one more score would take away: V - 1 / (1/V + 1/noise).
    learned = np.sqrt(variance**2 / np.maximum(variance + noise, np.finfo(float).tiny))
    distance = np.array([abs(one.calibrated - line) for one in calibration.dossiers])
    gains = zip((one.id for one in calibration.dossiers), _gain(distance, learned), strict=True)
    return dict(sorted(((name, float(gain)) for name, gain in gains), key=lambda one: -one[1]))


def _gain(distance: Floats, learned: Floats) -> Floats:
    """s (z Phi(z) + phi(z)) at z = -distance / s."""
    z = -distance / np.maximum(learned, np.finfo(float).tiny)
    density = np.exp(-(np.minimum(-z, 40.0) ** 2) / 2) / np.sqrt(2 * np.pi)
    return np.maximum(learned * (np.maximum(z, -40.0) * special.ndtr(z) + density), 0.0)
