"""A covariance of many dossiers, kept as a diagonal plus a thin product.

The errors of P dossier effects read by R reviewers are tied only through the reviewers and the
mean: C = diag(own) + shared·sharedᵗ, with R + 1 columns. A dossier has few readers, so `shared` is
itself kept as a product: a sparse matrix, then a square root of R + 1. At 33 000 dossiers and 1 000
reviewers that is 10 MB instead of 267 (8 800 as a matrix), and a draw costs P·3 + R² instead of P².
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grants.core.late import Sparse, linalg

Floats = NDArray[np.float64]
LIFT = 1e-12  # of the largest variance, against rounding
ROWS = 256  # of a product, at a time: they stay in the processor's own memory


def squares(left: Floats | Sparse, right: Floats | None) -> Floats:
    """Sum of the squares of each row of `left @ right`, never held whole."""
    parts = [np.einsum("ij,ij->i", part, part) for part in _slices(left, right)]
    return np.concatenate(parts) if parts else np.zeros(0)


def _slices(left: Floats | Sparse, right: Floats | None) -> Iterator[Floats]:
    for start in range(0, left.shape[0], ROWS):
        yield _product(left[start : start + ROWS], right)


def _product(left: Floats | Sparse, right: Floats | None) -> Floats:
    return np.asarray(left if right is None else left @ right, dtype=np.float64)


@dataclass(frozen=True)
class Covariance:
    """`own` has P variances, `shared @ root` P rows; both in squared units of the scores."""

    own: Floats
    shared: Floats | Sparse
    root: Floats | None = None

    @classmethod
    def of_matrix(cls, matrix: Floats) -> "Covariance":
        """Any covariance matrix, by its Cholesky factor. Raises `LinAlgError` on any other."""
        size = len(matrix)
        top = float(np.diag(matrix).max(initial=0.0))
        if top == 0:
            return cls.independent(np.zeros(size))
        lifted = matrix + LIFT * top * np.eye(size)
        root = np.asarray(linalg.cholesky(lifted, lower=True), dtype=np.float64)
        return cls(own=np.zeros(size), shared=root)

    @classmethod
    def independent(cls, variances: Floats) -> "Covariance":
        return cls(own=variances, shared=np.zeros((len(variances), 0)))

    def __len__(self) -> int:
        return len(self.own)

    @property
    def variances(self) -> Floats:
        return self.own + squares(self.shared, self.root)

    def block(self, rows: slice, columns: slice) -> Floats:
        """Part of the full matrix."""
        left = _product(self.shared[rows], self.root)
        if self.root is not None:
            left = left @ self.root.T
        found = np.asarray((self.shared[columns] @ left.T).T, dtype=np.float64)
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
        return np.concatenate([part for _rows, part in self.drawn(numbers, count)])

    def drawn(self, numbers: np.random.Generator, count: int) -> Iterator[tuple[slice, Floats]]:
        """The same, some rows at a time."""
        tied = numbers.standard_normal((self.shared.shape[1], count))
        if self.root is not None:
            tied = self.root @ tied
        alone = np.sqrt(self.own)[:, None]
        for start in range(0, len(self), ROWS):
            rows = slice(start, start + ROWS)
            part = _product(self.shared[rows], tied)
            if alone.any():
                part += alone[rows] * numbers.standard_normal(part.shape)
            yield rows, part
