"""Why no assignment exists: which dossiers lack reviewers, how many, and the rule that binds."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack

from reviews.assignments.network import Floats, Integers, Network, Sparse
from reviews.assignments.problem import Problem, Reviewer


@dataclass(frozen=True)
class Short:
    """A dossier that lacks `missing` reviewers.

    `because`: « conflict », its forbidden pairs leave too few reviewers; « group », so does the
    limit per group; « load », the reviewers it may have are full, or too few in the first place.
    """

    dossier: str
    missing: int
    because: str


@dataclass(frozen=True)
class Idle:
    """A reviewer who cannot be given `missing` of the reviews promised as a minimum."""

    reviewer: str
    missing: int


@dataclass(frozen=True)
class Shortage:
    """No assignment exists. `placed` reviews out of `wanted` could be; nothing else is decided."""

    short: tuple[Short, ...]
    idle: tuple[Idle, ...]
    placed: int
    wanted: int


def explain(problem: Problem, network: Network) -> Shortage:
    """Place as many reviews as can be and name the dossiers left short.

    Minimum loads are left out at first; when every review can be placed without them, the
    reviewers whose minimum cannot be met are named instead. Where the shortage can fall on one
    dossier or another, it falls on the one later in the list.
    """
    wanted = len(problem.dossiers) * problem.reviews_per_dossier
    missing = _missing_reviews(problem, network)
    if missing.any():
        short = tuple(
            Short(name, int(count), _because(problem, name))
            for name, count in zip(problem.dossiers, missing.tolist(), strict=True)
            if count
        )
        return Shortage(short, (), wanted - int(missing.sum()), wanted)
    unmet = _missing_loads(problem, network)
    idle = tuple(
        Idle(reviewer.id, int(count))
        for reviewer, count in zip(problem.reviewers, unmet.tolist(), strict=True)
        if count
    )
    return Shortage((), idle, wanted, wanted)


def _missing_reviews(problem: Problem, network: Network) -> Integers:
    """One more column per dossier: the reviews it goes without, as few as can be."""
    count = len(problem.dossiers)
    low = network.low.copy()
    low[network.arcs : network.arcs + len(problem.reviewers)] = 0
    slack: Sparse = csr_array(
        (np.ones(count), (np.arange(count), np.arange(count))),
        shape=(network.matrix.shape[0], count),
    )
    dear = count * count * problem.reviews_per_dossier
    return _least_slack(network, low, slack, dear + np.arange(count, 0, -1.0))


def _missing_loads(problem: Problem, network: Network) -> Integers:
    """One more column per reviewer: the part of the minimum load that stays unmet."""
    count = len(problem.reviewers)
    slack: Sparse = csr_array(
        (np.ones(count), (len(problem.dossiers) + np.arange(count), np.arange(count))),
        shape=(network.matrix.shape[0], count),
    )
    return _least_slack(network, network.low, slack, np.ones(count))


def _least_slack(network: Network, low: Floats, slack: Sparse, price: Floats) -> Integers:
    columns, count = network.matrix.shape[1], slack.shape[1]
    bounds: Any = np.column_stack(
        [
            np.concatenate([low, np.zeros(count)]),
            np.concatenate([network.high, np.full(count, np.inf)]),
        ]
    )
    together: Sparse = hstack([network.matrix, slack])
    found: Any = linprog(
        np.concatenate([np.zeros(columns), price]),
        A_eq=together.tocsr(),
        b_eq=network.right,
        bounds=bounds,
        method="highs",
    )
    if found.status != 0:
        raise ArithmeticError(f"the solver could not explain the shortage: {found.message}")
    return np.rint(found.x[columns:]).astype(np.int64)


def _because(problem: Problem, dossier: str) -> str:
    available = [reviewer for reviewer in problem.reviewers if reviewer.most > 0]
    if len(available) < problem.reviews_per_dossier:
        return "load"
    allowed = [one for one in available if (dossier, one.id) not in problem.forbidden]
    if len(allowed) < problem.reviews_per_dossier:
        return "conflict"
    if _seats(problem, allowed) < problem.reviews_per_dossier:
        return "group"
    return "load"


def _seats(problem: Problem, allowed: list[Reviewer]) -> int:
    """How many of these reviewers may sit on one dossier together."""
    if problem.max_per_group is None:
        return len(allowed)
    groups = Counter(one.group for one in allowed if one.group is not None)
    alone = sum(one.group is None for one in allowed)
    return alone + sum(min(count, problem.max_per_group) for count in groups.values())
