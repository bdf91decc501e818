"""Why no assignment exists: which dossiers lack reviewers, how many, and the rule that binds."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from grants.core.late import Sparse, optimize, sparse
from reviews.assignments.network import Floats, Integers, Network, program
from reviews.assignments.problem import Problem


@dataclass(frozen=True)
class Short:
    """A dossier that lacks `missing` reviewers.

    `because`: « conflict », its forbidden pairs leave too few reviewers; « group », so does the
    limit per group; « profile », the limit per profile; « load », the reviewers it may have are
    full, or too few in the first place.
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
    unmet = _missing_loads(network)
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
    low[network.arcs : network.arcs + network.reviewers] = 0
    dear = count * count * problem.reviews_per_dossier
    return _least_slack(network, low, 0, dear + np.arange(count, 0, -1.0))


def _missing_loads(network: Network) -> Integers:
    """One more column per reviewer: the part of the minimum load that stays unmet."""
    return _least_slack(network, network.low, network.dossiers, np.ones(network.reviewers))


def _least_slack(network: Network, low: Integers, first_row: int, price: Floats) -> Integers:
    """The dearest column missing from the rows from `first_row` on, as cheap as can be."""
    part = program(network, np.arange(network.arcs), low, network.high)
    columns, count = len(part.columns), len(price)
    slack: Sparse = sparse.csr_array(
        (np.ones(count), (first_row + np.arange(count), np.arange(count))),
        shape=(part.matrix.shape[0], count),
    )
    found: Any = optimize.milp(
        np.concatenate([np.zeros(columns), price]),
        integrality=np.concatenate(
            [np.full(columns, 0 if network.is_flow else 1), np.zeros(count)]
        ),
        bounds=optimize.Bounds(
            np.concatenate([low[part.columns], np.zeros(count)]),
            np.concatenate([network.high[part.columns], np.full(count, np.inf)]),
        ),
        constraints=optimize.LinearConstraint(
            sparse.hstack([part.matrix, slack]).tocsr(), part.right, part.right
        ),
    )
    if found.x is None:
        raise ArithmeticError(f"the solver could not explain the shortage: {found.message}")
    return np.rint(found.x[columns:]).astype(np.int64)


def _because(problem: Problem, dossier: str) -> str:
    available = [reviewer for reviewer in problem.reviewers if reviewer.most > 0]
    if len(available) < problem.reviews_per_dossier:
        return "load"
    allowed = [one for one in available if (dossier, one.id) not in problem.forbidden]
    if len(allowed) < problem.reviews_per_dossier:
        return "conflict"
    wanted = problem.reviews_per_dossier
    if _seats(problem.max_per_group, [one.group for one in allowed]) < wanted:
        return "group"
    if _seats(problem.max_per_profile, [one.profile for one in allowed]) < wanted:
        return "profile"
    return "load"


def _seats(most: int | None, names: list[str | None]) -> int:
    """How many of them may sit on one dossier together."""
    if most is None:
        return len(names)
    counted = Counter(name for name in names if name is not None)
    return names.count(None) + sum(min(count, most) for count in counted.values())
