"""The assignment as a network: variables, bounds and the equations that tie them.

Columns are the allowed pairs, then the load of each reviewer, then the count of each (dossier,
group) that a rule watches. Rows: every dossier gets its reviews; loads add up; groups add up. With
one kind of group at most the matrix is totally unimodular (a flow: dossier, group, reviewer), so
that every vertex of the linear programme is a whole assignment.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grants.core.late import Sparse, sparse
from reviews.assignments.problem import Problem, Reviewer

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Truths = NDArray[np.bool_]

PLACES = 6
LOTS = 2**26


@dataclass(frozen=True)
class Family:
    """One kind of group: `row` numbers the (dossier, group) of each pair, -1 without a group."""

    row: Integers
    count: int


@dataclass(frozen=True)
class Network:
    """Whole columns between `low` and `high`; the first are the pairs, then the loads."""

    dossier: Integers
    reviewer: Integers
    gain: Integers
    kept: Integers
    wanted: int
    dossiers: int
    reviewers: int
    families: tuple[Family, ...]
    low: Integers
    high: Integers

    @property
    def arcs(self) -> int:
        """Number of allowed pairs."""
        return len(self.dossier)

    @property
    def is_flow(self) -> bool:
        """Whether the linear programme alone gives whole answers."""
        return len(self.families) <= 1


@dataclass(frozen=True)
class Program:
    """`matrix @ x == right` over some columns of a network, and the rows it kept of it."""

    columns: Integers
    rows: Integers
    matrix: Sparse
    right: Floats


def scale(problem: Problem) -> float:
    """Factor from affinities to the whole numbers the solver adds up without rounding."""
    greatest = max((max(row) for row in problem.affinity if row), default=1.0)
    digits = int(np.ceil(np.log10(max(greatest, 1.0))))
    return float(10.0 ** (PLACES - digits))


def build(problem: Problem) -> Network:
    """The network of a problem."""
    shape = len(problem.dossiers), len(problem.reviewers)
    dossier, reviewer = (one.astype(np.int64) for one in np.nonzero(_allowed(problem, shape)))
    affinity = np.array(problem.affinity, dtype=float).reshape(shape)
    families, tops = _families(problem, dossier, reviewer)
    counts = [np.full(family.count, top) for family, top in zip(families, tops, strict=True)]
    fixed = _mask(problem, problem.fixed, shape)[dossier, reviewer]
    least = [one.least for one in problem.reviewers]
    most = [one.most for one in problem.reviewers]
    return Network(
        dossier=dossier,
        reviewer=reviewer,
        gain=np.rint(affinity[dossier, reviewer] * scale(problem)).astype(np.int64),
        kept=_mask(problem, problem.kept, shape)[dossier, reviewer].astype(np.int64),
        wanted=problem.reviews_per_dossier,
        dossiers=shape[0],
        reviewers=shape[1],
        families=families,
        low=_joined(fixed, least, *(np.zeros_like(top) for top in counts)),
        high=_joined(np.ones(len(dossier)), most, *counts),
    )


def _joined(*parts: Any) -> Integers:
    return np.concatenate([np.asarray(part, dtype=np.int64) for part in parts])


def _allowed(problem: Problem, shape: tuple[int, int]) -> Truths:
    return ~_mask(problem, problem.forbidden, shape)


def _mask(problem: Problem, pairs: frozenset[tuple[str, str]], shape: tuple[int, int]) -> Truths:
    mask = np.zeros(shape, dtype=bool)
    if pairs:
        row = {name: place for place, name in enumerate(problem.dossiers)}
        column = {reviewer.id: place for place, reviewer in enumerate(problem.reviewers)}
        mask[[row[d] for d, _ in pairs], [column[r] for _, r in pairs]] = True
    return mask


def _families(
    problem: Problem, dossier: Integers, reviewer: Integers
) -> tuple[tuple[Family, ...], list[int]]:
    rules = [
        (problem.max_per_group, [one.group for one in problem.reviewers]),
        (problem.max_per_profile, [one.profile for one in problem.reviewers]),
    ]
    kept = [(most, names) for most, names in rules if most is not None]
    return tuple(_family(names, dossier, reviewer) for _, names in kept), [m for m, _ in kept]


def _family(names: list[str | None], dossier: Integers, reviewer: Integers) -> Family:
    """Groups of one reviewer are watched as well: they cost nothing once rows are thinned."""
    places = {name: place for place, name in enumerate(dict.fromkeys(filter(None, names)))}
    of_reviewer = np.array([places.get(name or "", -1) for name in names], dtype=np.int64)
    group = of_reviewer[reviewer]
    couples = np.where(group >= 0, dossier * max(len(places), 1) + group, -1)
    known, row = np.unique(couples, return_inverse=True)
    first = int(len(known) > 0 and known[0] == -1)
    return Family(row.astype(np.int64) - first, len(known) - first)


def program(network: Network, pairs: Integers, low: Integers, high: Integers) -> Program:
    """The equations over these pairs, without the groups too small there to break their rule."""
    loads = np.arange(network.reviewers)
    size = len(pairs)
    row = [network.dossier[pairs], network.dossiers + network.reviewer[pairs]]
    column = [np.arange(size), np.arange(size)]
    count = network.dossiers + network.reviewers
    columns, rows = [pairs, network.arcs + loads], [np.arange(count)]
    places = network.arcs + network.reviewers
    for family in network.families:
        of_pair = family.row[pairs]
        seen = np.bincount(of_pair[of_pair >= 0], minlength=family.count)
        own = slice(places, places + family.count)
        tight = np.flatnonzero((seen > high[own]) | (low[own] > 0))
        rank = np.full(family.count + 1, -1)
        rank[tight] = np.arange(len(tight))
        watched = np.flatnonzero(rank[of_pair] >= 0)
        row.append(count + rank[of_pair[watched]])
        column.append(watched)
        columns.append(places + tight)
        rows.append(places - network.arcs + network.dossiers + tight)
        count, places = count + len(tight), places + family.count
    sums = np.arange(network.dossiers, count)  # each load and each count closes its own row
    sign = np.concatenate([np.ones(sum(map(len, row))), -np.ones(len(sums))])
    matrix = sparse.csr_array(
        (
            sign,
            (
                np.concatenate([*row, sums]),
                np.concatenate([*column, size + np.arange(len(sums))]),
            ),
        ),
        shape=(count, size + len(sums)),
    )
    right = np.zeros(count)
    right[: network.dossiers] = network.wanted
    return Program(np.concatenate(columns), np.concatenate(rows), matrix, right)


def reduced_costs(network: Network, cost: Floats, rows: Integers, prices: Floats) -> Floats:
    """Of every column, those left out of the programme included: a row left out has no price."""
    price = np.zeros(network.dossiers + len(network.low) - network.arcs)
    price[rows] = prices
    found = cost.astype(float)
    pairs = found[: network.arcs]
    pairs -= price[network.dossier]
    pairs -= price[network.dossiers + network.reviewer]
    start = network.dossiers + network.reviewers
    for family in network.families:
        watched = np.flatnonzero(family.row >= 0)
        pairs[watched] -= price[start + family.row[watched]]
        start += family.count
    found[network.arcs :] += price[network.dossiers :]
    return found


def lots(problem: Problem, network: Network, pairs: Integers) -> Integers:
    """A number from 1 to 2^26 drawn for each of these pairs from the digest of its two names.

    Whole numbers drawn at random make the smallest sum unique but for a chance of (pairs / 2^26):
    Mulmuley, Vazirani and Vazirani 1987, isolation lemma. Anyone can redo the draw.
    """
    drawn = np.zeros(network.arcs, dtype=np.int64)
    dossiers, reviewers = network.dossier[pairs].tolist(), network.reviewer[pairs].tolist()
    drawn[pairs] = [
        _lot(problem.dossiers[d], problem.reviewers[r])
        for d, r in zip(dossiers, reviewers, strict=True)
    ]
    return drawn


def _lot(dossier: str, reviewer: Reviewer) -> int:
    digest = hashlib.sha256(f"{dossier}\x00{reviewer.id}".encode()).digest()
    return 1 + int.from_bytes(digest[:8]) % LOTS
