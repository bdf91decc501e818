"""The assignment as a network: variables, bounds and the equations that tie them.

Columns are the allowed pairs, then the load of each reviewer, then the count of each (dossier,
group) that the group rule watches. Rows: every dossier gets its reviews; loads add up; groups add
up. The matrix is totally unimodular (a flow: dossier, group, reviewer), so that every vertex of the
linear programme is a whole assignment.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from reviews.assignments.problem import Problem

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Sparse = Any  # the stubs of scipy.optimize do not know sparse constraints

PLACES = 6
LOTS = 2**26


@dataclass(frozen=True)
class Network:
    """Equations `matrix @ x == right` with `low <= x <= high`; the first columns are the pairs."""

    dossier: Integers
    reviewer: Integers
    gain: Integers
    matrix: Sparse
    right: Floats
    low: Floats
    high: Floats

    @property
    def arcs(self) -> int:
        """Number of allowed pairs."""
        return len(self.dossier)


def scale(problem: Problem) -> float:
    """Factor from affinities to the whole numbers the solver adds up without rounding."""
    greatest = max((value for row in problem.affinity for value in row), default=1.0)
    digits = int(np.ceil(np.log10(max(greatest, 1.0))))
    return float(10.0 ** (PLACES - digits))


def build(problem: Problem) -> Network:
    """The network of a problem."""
    dossier, reviewer = _allowed(problem)
    group_row, group_count = _group_rows(problem, dossier, reviewer)
    arcs, dossiers, reviewers = len(dossier), len(problem.dossiers), len(problem.reviewers)
    loads = np.arange(reviewers)
    groups = np.arange(group_count)
    watched = np.flatnonzero(group_row >= 0)
    after = dossiers + reviewers
    row = [dossier, dossiers + reviewer, after + group_row[watched], dossiers + loads]
    column = [np.arange(arcs), np.arange(arcs), watched, arcs + loads]
    sign = [np.ones(2 * arcs + len(watched)), -np.ones(reviewers + group_count)]
    matrix = csr_array(
        (
            np.concatenate(sign),
            (
                np.concatenate([*row, after + groups]),
                np.concatenate([*column, arcs + reviewers + groups]),
            ),
        ),
        shape=(after + group_count, arcs + reviewers + group_count),
    )
    right = np.zeros(after + group_count)
    right[:dossiers] = problem.reviews_per_dossier
    low, high = _bounds(problem, dossier, reviewer, group_count)
    affinity = np.array(problem.affinity, dtype=float).reshape(dossiers, reviewers)
    gain = np.rint(affinity[dossier, reviewer] * scale(problem)).astype(np.int64)
    return Network(dossier, reviewer, gain, matrix, right, low, high)


def lots(problem: Problem, network: Network) -> Integers:
    """A number from 1 to 2^26 drawn for each pair from the digest of its two names.

    Whole numbers drawn at random make the smallest sum unique but for a chance of (pairs / 2^26):
    Mulmuley, Vazirani and Vazirani 1987, isolation lemma. Anyone can redo the draw.
    """
    return np.array(
        [
            _lot(problem.dossiers[d], problem.reviewers[r].id)
            for d, r in zip(network.dossier, network.reviewer, strict=True)
        ],
        dtype=np.int64,
    )


def _lot(dossier: str, reviewer: str) -> int:
    digest = hashlib.sha256(f"{dossier}\x00{reviewer}".encode()).digest()
    return 1 + int.from_bytes(digest[:8]) % LOTS


def _allowed(problem: Problem) -> tuple[Integers, Integers]:
    mask = np.ones((len(problem.dossiers), len(problem.reviewers)), dtype=bool)
    row = {name: place for place, name in enumerate(problem.dossiers)}
    column = {reviewer.id: place for place, reviewer in enumerate(problem.reviewers)}
    for dossier, reviewer in problem.forbidden:
        mask[row[dossier], column[reviewer]] = False
    dossier_of, reviewer_of = np.nonzero(mask)
    return dossier_of.astype(np.int64), reviewer_of.astype(np.int64)


def _group_rows(problem: Problem, dossier: Integers, reviewer: Integers) -> tuple[Integers, int]:
    """For each pair the row of its (dossier, group), or -1 where no rule watches it."""
    rows = np.full(len(dossier), -1, dtype=np.int64)
    if problem.max_per_group is None:
        return rows, 0
    places: dict[tuple[int, str], int] = {}
    for arc, (d, r) in enumerate(zip(dossier.tolist(), reviewer.tolist(), strict=True)):
        group = problem.reviewers[r].group
        if group is not None:
            rows[arc] = places.setdefault((d, group), len(places))
    return rows, len(places)


def _bounds(
    problem: Problem, dossier: Integers, reviewer: Integers, group_count: int
) -> tuple[Floats, Floats]:
    fixed = [
        (problem.dossiers[d], problem.reviewers[r].id) in problem.fixed
        for d, r in zip(dossier.tolist(), reviewer.tolist(), strict=True)
    ]
    least = [one.least for one in problem.reviewers]
    most = [one.most for one in problem.reviewers]
    low = np.concatenate([fixed, least, np.zeros(group_count)])
    top = float(problem.max_per_group or 0)
    high = np.concatenate([np.ones(len(dossier)), most, np.full(group_count, top)])
    return low, high
