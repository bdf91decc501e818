"""The additive crossed model: score = mean + dossier + reviewer + noise.

Dossier effects have variance sd_dossier², reviewer effects sd_reviewer², the noise of one score
sd_residual² / weight. Predictions solve Henderson's mixed-model equations (Henderson 1975), at the
variances `fitting` finds. All in the unit of the scores.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from grants.core.late import Sparse, linalg, sparse
from reviews.panels.covariance import Covariance, Floats, squares
from reviews.panels.scores import Score

Part = TypeVar("Part")

# Bounds of log(sd / sd_residual). At the lower one the effect is four hundred-thousandths of the
# noise: nothing. At the upper one the noise is.
LOWEST, HIGHEST = -10.0, 10.0


@dataclass(frozen=True)
class Design:
    """Scores as arrays: places of the dossier and of the reviewer, value, weight."""

    dossiers: tuple[str, ...]
    reviewers: tuple[str, ...]
    dossier: NDArray[np.int64]
    reviewer: NDArray[np.int64]
    value: Floats
    weight: Floats

    @cached_property
    def centre(self) -> float:
        """Weighted mean of all the scores."""
        return float(self.weight @ self.value / self.weight.sum())

    @cached_property
    def cross(self) -> Sparse:
        """Weight of each (dossier, reviewer)."""
        return sparse.csr_array(
            (self.weight, (self.dossier, self.reviewer)),
            shape=(len(self.dossiers), len(self.reviewers)),
        )

    def by_dossier(self, values: Floats) -> Floats:
        """Weighted sum of `values` over each dossier."""
        weights = self.weight * values
        return _sums(self.dossier, weights, len(self.dossiers))

    def by_reviewer(self, values: Floats) -> Floats:
        """Weighted sum of `values` over each reviewer."""
        weights = self.weight * values
        return _sums(self.reviewer, weights, len(self.reviewers))


def _sums(places: NDArray[np.int64], weights: Floats, count: int) -> Floats:
    return np.bincount(places, weights=weights, minlength=count).astype(np.float64)


@dataclass(frozen=True)
class Deviations:
    """Standard deviations of dossier effects, reviewer effects and noise."""

    dossier: float
    reviewer: float
    residual: float


@dataclass(frozen=True)
class Prediction:
    """Effects given the variances.

    `covariance` is that of the errors of the dossier effects, the uncertainty of the mean
    included; `reviewer_se` the standard errors of the reviewer effects, likewise.
    """

    mean: float
    dossier: Floats
    reviewer: Floats
    covariance: Covariance
    reviewer_se: Floats
    reml: float


def design_of(scores: tuple[Score, ...]) -> Design:
    """Arrays of the scores; dossiers and reviewers in order of first appearance."""
    dossiers = {name: place for place, name in enumerate(dict.fromkeys(s.dossier for s in scores))}
    reviewers = {
        name: place for place, name in enumerate(dict.fromkeys(s.reviewer for s in scores))
    }
    return Design(
        dossiers=tuple(dossiers),
        reviewers=tuple(reviewers),
        dossier=np.array([dossiers[s.dossier] for s in scores], dtype=np.int64),
        reviewer=np.array([reviewers[s.reviewer] for s in scores], dtype=np.int64),
        value=np.array([s.value for s in scores], dtype=float),
        weight=np.array([s.weight for s in scores], dtype=float),
    )


class Equations:
    """Henderson's equations at given variance ratios, the larger diagonal block eliminated.

    `dossier_ratio` and `reviewer_ratio` are noise variance over effect variance.
    """

    def __init__(self, design: Design, dossier_ratio: float, reviewer_ratio: float) -> None:
        self.design = design
        self.ratios = (dossier_ratio, reviewer_ratio)
        ones = np.ones_like(design.value)
        centred = design.value - design.centre
        self.flipped = len(design.reviewers) > len(design.dossiers)
        large, small = self.ordered(design.by_dossier(ones), design.by_reviewer(ones))
        large_ratio, small_ratio = self.ordered(dossier_ratio, reviewer_ratio)
        self.cross = design.cross.T.tocsr() if self.flipped else design.cross
        self.diagonal = large + large_ratio
        schur = np.diag(small + small_ratio) - (self.cross.T @ self.scaled).toarray()
        self.factor = linalg.cho_factor(schur, lower=True)
        sums = self.ordered(design.by_dossier(centred), design.by_reviewer(centred))
        self.of_ones = self._solve(large, small)
        of_values = self._solve(*sums)
        self.precision = float(design.weight.sum()) - self._dot((large, small), self.of_ones)
        weighted_sum = float(design.weight @ centred) - self._dot((large, small), of_values)
        self.shift = weighted_sum / self.precision
        total = float(design.weight @ centred**2) - self._dot(sums, of_values)
        self.squares = max(total - self.shift * weighted_sum, 1e-14 * float(design.weight.sum()))
        self.effects = tuple(
            values - self.shift * ones_part
            for values, ones_part in zip(of_values, self.of_ones, strict=True)
        )

    def ordered(self, dossier: Part, reviewer: Part) -> tuple[Part, Part]:
        """(larger block, smaller block), or back again."""
        return (reviewer, dossier) if self.flipped else (dossier, reviewer)

    def _solve(self, large: Floats, small: Floats) -> tuple[Floats, Floats]:
        lower = linalg.cho_solve(self.factor, small - self.cross.T @ (large / self.diagonal))
        return (large - self.cross @ lower) / self.diagonal, lower

    @staticmethod
    def _dot(left: tuple[Floats, Floats], right: tuple[Floats, Floats]) -> float:
        return float(left[0] @ right[0] + left[1] @ right[1])

    @property
    def free(self) -> int:
        """Scores less the one mean."""
        return len(self.design.value) - 1

    def log_determinants(self) -> float:
        """Everything in the criterion that does not hold the scores."""
        counts = (len(self.design.dossiers), len(self.design.reviewers))
        return float(
            np.log(self.diagonal).sum()
            + 2 * np.log(np.diag(self.factor[0])).sum()
            - sum(n * np.log(ratio) for n, ratio in zip(counts, self.ratios, strict=True))
            - np.log(self.design.weight).sum()
            + np.log(self.precision)
        )

    def profiled(self) -> float:
        """REML criterion at the best noise variance."""
        spread = np.log(2 * np.pi * self.squares / self.free)
        return self.log_determinants() + self.free * float(1 + spread)

    def at(self, noise: float) -> float:
        """REML criterion at this noise variance."""
        spread = self.free * np.log(2 * np.pi * noise)
        return self.log_determinants() + float(spread + self.squares / noise)

    def dossier_inverse(self, noise: float) -> Covariance:
        """Block of the dossiers in the inverse times `noise`, the mean counted as unknown."""
        mean = self.ordered(*self.of_ones)[0] / np.sqrt(self.precision)
        if self.flipped:
            own = np.zeros(len(mean))
            return Covariance(own, np.sqrt(noise) * np.column_stack([self.root, mean]))
        shared = sparse.csr_array(sparse.hstack([self.scaled, sparse.csr_array(mean[:, None])]))
        root = np.sqrt(noise) * linalg.block_diag(self.root, np.ones((1, 1)))
        return Covariance(noise / self.diagonal, shared, root)

    def reviewer_inverse(self) -> Floats:
        """Diagonal of the same for the reviewers."""
        ones = self.ordered(*self.of_ones)[1]
        if self.flipped:
            own = 1 / self.diagonal + squares(self.scaled, self.root)
        else:
            own = squares(self.root, None)
        return np.asarray(own + ones**2 / self.precision)

    @cached_property
    def root(self) -> Floats:
        """A thin root of the smaller block of the inverse; `scaled @ root`, of the larger one."""
        lower = np.tril(self.factor[0])
        found = linalg.solve_triangular(lower, np.eye(len(lower)), lower=True, check_finite=False)
        return np.asarray(found.T, dtype=np.float64)

    @cached_property
    def scaled(self) -> Sparse:
        return sparse.csr_array(self.cross.multiply(1 / self.diagonal[:, None]))


def predict(design: Design, deviations: Deviations) -> Prediction:
    """Best linear unbiased predictions at given standard deviations.

    Raises `ValueError` unless the residual one is above zero.
    """
    if not deviations.residual > 0:
        raise ValueError("the noise must be above zero")
    noise = deviations.residual**2
    equations = Equations(
        design, _ratio(deviations.dossier, noise), _ratio(deviations.reviewer, noise)
    )
    dossier, reviewer = equations.ordered(*equations.effects)
    return Prediction(
        mean=design.centre + equations.shift,
        dossier=dossier,
        reviewer=reviewer,
        covariance=equations.dossier_inverse(noise),
        reviewer_se=np.sqrt(noise * equations.reviewer_inverse()),
        reml=equations.at(noise),
    )


def _ratio(deviation: float, noise: float) -> float:
    return noise / max(deviation**2, noise * float(np.exp(2 * LOWEST)))
