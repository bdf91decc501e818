"""A covariance of many dossiers, kept as a diagonal plus a thin product.

The errors of P dossier effects read by R reviewers are tied only through the reviewers and the
mean: C = diag(own) + shared·sharedᵗ, with R + 1 columns. At 10 000 dossiers and 300 reviewers that
is 24 MB instead of 800, and a draw costs P·R instead of P².
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cholesky

Floats = NDArray[np.float64]
LIFT = 1e-12  # of the largest variance, against rounding


@dataclass(frozen=True)
class Covariance:
    """`own` has P variances, `shared` P rows; both in squared units of the scores."""

    own: Floats
    shared: Floats

    @classmethod
    def of_matrix(cls, matrix: Floats) -> "Covariance":
        """Any covariance matrix, by its Cholesky factor. Raises `LinAlgError` on any other."""
        size = len(matrix)
        top = float(np.diag(matrix).max(initial=0.0))
        if top == 0:
            return cls.independent(np.zeros(size))
        lifted = matrix + LIFT * top * np.eye(size)
        root = np.asarray(cholesky(lifted, lower=True), dtype=np.float64)
        return cls(own=np.zeros(size), shared=root)

    @classmethod
    def independent(cls, variances: Floats) -> "Covariance":
        return cls(own=variances, shared=np.zeros((len(variances), 0)))

    def __len__(self) -> int:
        return len(self.own)

    @property
    def variances(self) -> Floats:
        return self.own + np.einsum("ij,ij->i", self.shared, self.shared)

    def block(self, rows: slice, columns: slice) -> Floats:
        """Part of the full matrix."""
        found = np.asarray(self.shared[rows] @ self.shared[columns].T, dtype=np.float64)
        places = np.arange(len(self))
        on_row, on_column = np.nonzero(places[rows, None] == places[None, columns])
        found[on_row, on_column] += self.own[places[rows][on_row]]
        return found

    def rows(self, which: slice) -> Floats:
        """Lines of the full matrix."""
        return self.block(which, slice(None))

    def matrix(self) -> Floats:
        return self.rows(slice(None))

    def draw(self, numbers: np.random.Generator, count: int) -> Floats:
        """`count` columns of normal errors of mean 0 with this covariance."""
        drawn = self.shared @ numbers.standard_normal((self.shared.shape[1], count))
        if self.own.any():
            drawn += np.sqrt(self.own)[:, None] * numbers.standard_normal((len(self), count))
        return np.asarray(drawn, dtype=np.float64)
