"""From scores to a rank, with how sure it is.

Expected rank in closed form; the probability of being among the N funded from 20 000 draws of the
dossier scores, always the same ones; the grey zone is a probability strictly between 25 and 75 %
(Heyard, Ott, Salanti, Egger 2022, Stat. Public Policy 9:110, the draws being normal here).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from grants.core.late import special
from reviews.panels.calibration import Calibration, DossierScore
from reviews.panels.covariance import Covariance, Floats

METHODS = ("raw", "calibrated")
DRAWS = 20_000
BATCH = 1_000
SEED = 20_000
GREY_ABOVE, GREY_BELOW = 0.25, 0.75
HALF_WIDTH = 1.6448536269514722  # of a 90 % interval, in standard errors
SAME = 9  # decimal places to which two scores are one and the same


@dataclass(frozen=True)
class Ranked:
    """One dossier at its place; scores in the unit of the grid.

    `low` and `high` bound the 90 % interval of `calibrated`. `expected_rank`, `p_funded` (0 to 1)
    and `zone` (« accepted », « grey », « rejected ») are None where uncertainty is not measured;
    the last two also when no number of places was given.
    """

    id: str
    rank: int
    raw: float
    calibrated: float
    effect: float
    se: float | None
    low: float | None
    high: float | None
    expected_rank: float | None
    p_funded: float | None
    zone: str | None


def rank(
    calibration: Calibration, *, method: str = "calibrated", places: int | None = None
) -> tuple[Ranked, ...]:
    """All dossiers, best first, ranks 1 to P without a gap.

    `method` says which score binds. Equal scores (to nine decimals) are parted by the other of the
    two scores, then by identifier, a plain order that anyone can check. Expected ranks and
    probabilities always rest on the calibrated scores and their covariance. Raises `ValueError` on
    an unknown method or fewer than one place.
    """
    if method not in METHODS:
        raise ValueError(f"unknown method {method}")
    if places is not None and places < 1:
        raise ValueError("places: at least 1")
    centre = np.array([one.calibrated for one in calibration.dossiers])
    size = len(centre)
    ranks: Iterable[float | None] = [None] * size
    chances: Iterable[float | None] = [None] * size
    if calibration.covariance is not None:
        ranks = expected_ranks(centre, calibration.covariance).tolist()
        if places is not None:
            chances = funded_probabilities(centre, calibration.covariance, places).tolist()
    uncertain = dict(
        zip([one.id for one in calibration.dossiers], zip(ranks, chances, strict=True), strict=True)
    )
    ordered = in_order(calibration, method)
    return tuple(_ranked(one, place, *uncertain[one.id]) for place, one in enumerate(ordered, 1))


def in_order(calibration: Calibration, method: str) -> list[DossierScore]:
    """Best first."""
    return sorted(calibration.dossiers, key=lambda one: _key(one, method))


def expected_ranks(centre: Floats, covariance: Covariance) -> Floats:
    """1 + sum over the others of P(other > this one); they add up to P(P+1)/2."""
    variance = covariance.variances
    ranks = np.ones(len(centre))
    for start in range(0, len(centre), BATCH):
        rows, others = slice(start, start + BATCH), slice(start, None)
        gaps = centre[None, others] - centre[rows, None]
        shared = covariance.block(rows, others)
        beaten = _chance_above(gaps, variance[None, others] + variance[rows, None] - 2 * shared)
        np.fill_diagonal(beaten, 0.0)
        ranks[rows] += beaten.sum(axis=1)
        # Each pair is weighed once: whoever is not above is below.
        ranks[start + BATCH :] += (1 - beaten[:, BATCH:]).sum(axis=0)
    return ranks


def _chance_above(gaps: Floats, spread: Floats) -> Floats:
    """P(normal(gap, spread) > 0); without spread, 0, 1/2 or 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = special.ndtr(gaps / np.sqrt(np.maximum(spread, 0.0)))
    return np.where(np.isnan(chance), 0.5, chance)


def funded_probabilities(centre: Floats, covariance: Covariance, places: int) -> Floats:
    """Share of the draws in which each dossier is among the `places` best."""
    size = len(centre)
    if places >= size:
        return np.ones(size)
    numbers = np.random.default_rng(SEED)
    funded = np.zeros(size, dtype=np.int64)
    below_middle = centre.mean() - centre
    # One draw a row, side by side in memory: four times as fast to part.
    below = np.empty((BATCH, size))
    for _ in range(DRAWS // BATCH):
        for rows, drawn in covariance.drawn(numbers, BATCH):
            np.subtract(below_middle[rows], drawn.T, out=below[:, rows])
        best = np.argpartition(below, places - 1, axis=1)[:, :places]
        funded += np.bincount(best.ravel(), minlength=size)
    return funded / DRAWS


def zone_of(p_funded: float | None) -> str | None:
    """« grey » strictly between 25 and 75 %."""
    if p_funded is None:
        return None
    if p_funded >= GREY_BELOW:
        return "accepted"
    return "rejected" if p_funded <= GREY_ABOVE else "grey"


def _key(one: DossierScore, method: str) -> tuple[float, float, str]:
    scores = (one.raw, one.calibrated) if method == "raw" else (one.calibrated, one.raw)
    return -round(scores[0], SAME), -round(scores[1], SAME), one.id


def _ranked(one: DossierScore, place: int, expected: float | None, chance: float | None) -> Ranked:
    half = None if one.se is None else HALF_WIDTH * one.se
    return Ranked(
        id=one.id,
        rank=place,
        raw=one.raw,
        calibrated=one.calibrated,
        effect=one.effect,
        se=one.se,
        low=None if half is None else one.calibrated - half,
        high=None if half is None else one.calibrated + half,
        expected_rank=expected,
        p_funded=chance,
        zone=zone_of(chance),
    )
