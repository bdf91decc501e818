"""The REML criterion of the crossed model and its slope, at any variance ratios.

What the criterion needs of the scores is added up once; each value then costs one Cholesky factor
of the smaller block, whatever the number of scores. With x = log(sd of the effect / sd of the
noise) and r = exp(-2x), the slope of -2L is 2 (count - r (trace + free u'u / RSS)), the trace being
that of the effect's block in the inverse, the mean counted as unknown.
"""

import numpy as np
from numpy.typing import NDArray

from grants.core.late import Sparse, lapack, linalg, sparse

Floats = NDArray[np.float64]

MOST_GRAMS = 8  # distinct totals of weights for which the products are kept dense


class Restricted:
    """`cross` is the weight of each (dossier, reviewer); sums are weighted."""

    def __init__(self, cross: Sparse, dossier: Floats, reviewer: Floats, squares: float) -> None:
        """`dossier` and `reviewer` are the sums of the scores, their mean taken off; `squares`
        that of the squared scores."""
        self.flipped = cross.shape[1] > cross.shape[0]
        self.cross = sparse.csr_array(cross.T) if self.flipped else cross
        self.sums = (reviewer, dossier) if self.flipped else (dossier, reviewer)
        self.large = np.asarray(self.cross.sum(axis=1), dtype=np.float64).ravel()
        self.small = np.asarray(self.cross.sum(axis=0), dtype=np.float64).ravel()
        self.squares = squares
        self.whole = float(self.large.sum())
        self.free = int(self.cross.nnz) - 1
        self.log_weights = float(np.log(self.cross.data).sum())
        self.totals, self.group = np.unique(self.large, return_inverse=True)
        self.grams = self._grams() if len(self.totals) <= MOST_GRAMS else None

    def _grams(self) -> list[Floats]:
        """For each total of weights, the products of the rows that have it, added up."""
        found = []
        for place in range(len(self.totals)):
            rows = self.cross[np.flatnonzero(self.group == place)]
            found.append(np.asarray((rows.T @ rows).toarray(), dtype=np.float64))
        return found

    def product(self, power: int, ratio: float) -> Floats:
        """cross' (large + ratio)^-power cross."""
        if self.grams is None:
            scaled = sparse.csr_array(
                self.cross.multiply((self.large + ratio)[:, None] ** -float(power))
            )
            return np.asarray((self.cross.T @ scaled).toarray(), dtype=np.float64)
        parts = [
            gram * (weight + ratio) ** -float(power)
            for gram, weight in zip(self.grams, self.totals, strict=True)
        ]
        for part in parts[1:]:
            parts[0] += part
        return parts[0]

    def at(self, logs: Floats) -> tuple[float, Floats]:
        """The criterion and its slope at (log dossier sd, log reviewer sd), noise as the unit."""
        ratios = np.exp(-2 * np.asarray(logs, dtype=np.float64))
        wide, thin = ratios[::-1] if self.flipped else ratios
        diagonal = self.large + wide
        schur = self.product(1, float(wide))
        np.negative(schur, out=schur)
        schur[np.diag_indices_from(schur)] += self.small + thin
        # Symmetric: its transpose is itself, and lies in memory as LAPACK wants it.
        lower = linalg.cholesky(schur.T, lower=True, overwrite_a=True, check_finite=False)
        factor = (lower, True)
        ones = self._solve(factor, diagonal, self.large, self.small)
        values = self._solve(factor, diagonal, *self.sums)
        precision = self.whole - float(self.large @ ones[0] + self.small @ ones[1])
        # The scores are centred: their own sum is zero.
        shift = -float(self.large @ values[0] + self.small @ values[1]) / precision
        effects = [one - shift * of_one for one, of_one in zip(values, ones, strict=True)]
        left = self.squares - float(self.sums[0] @ values[0] + self.sums[1] @ values[1])
        squares = max(left - shift**2 * precision, 1e-14 * self.whole)
        value = self._value(factor, diagonal, (float(wide), float(thin)), precision, squares)
        traces = self._traces(factor, diagonal, float(wide))
        slopes = [
            2
            * (
                len(one)
                - ratio * (trace + of_one @ of_one / precision + self.free * one @ one / squares)
            )
            for one, of_one, ratio, trace in zip(effects, ones, (wide, thin), traces, strict=True)
        ]
        return value, np.array(slopes[::-1] if self.flipped else slopes)

    def _solve(
        self, factor: tuple[Floats, bool], diagonal: Floats, large: Floats, small: Floats
    ) -> tuple[Floats, Floats]:
        lower = linalg.cho_solve(
            factor, small - self.cross.T @ (large / diagonal), check_finite=False
        )
        return (large - self.cross @ lower) / diagonal, lower

    def _value(
        self,
        factor: tuple[Floats, bool],
        diagonal: Floats,
        ratios: tuple[float, float],
        precision: float,
        squares: float,
    ) -> float:
        counts = (len(self.large), len(self.small))
        prior = sum(n * np.log(ratio) for n, ratio in zip(counts, ratios, strict=True))
        determinants = np.log(diagonal).sum() + 2 * np.log(factor[0].diagonal()).sum()
        spread = self.free * (1 + np.log(2 * np.pi * squares / self.free))
        return float(determinants - prior - self.log_weights + np.log(precision) + spread)

    def _traces(
        self, factor: tuple[Floats, bool], diagonal: Floats, wide: float
    ) -> tuple[float, float]:
        """Of the larger and of the smaller block of the inverse, the mean left out."""
        # Above the diagonal the factor is zero, and so is what is made of it.
        inverse, _failed = lapack.dpotri(factor[0], lower=1)
        product = self.product(2, wide)
        own = inverse.diagonal()
        shared = float(2 * np.vdot(inverse.T, product) - own @ product.diagonal())
        return float((1 / diagonal).sum()) + shared, float(own.sum())
