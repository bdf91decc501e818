"""When no assignment exists: which rule to loosen, and by how much is enough.

Each answer was tried: the problem so changed has an assignment, and a smaller change has none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grants.core.late import Sparse, optimize, sparse
from reviews.assignments.network import build, program
from reviews.assignments.problem import Pair, Problem, Reviewer
from reviews.assignments.shortage import Shortage, explain

NEWCOMER = 12  # dossiers an expert to invite is counted for
RECRUITS = 40


@dataclass(frozen=True)
class Relief:
    """`kind`: « load » (`number` more readings, shared as `loads` says), « group » and « profile »
    (at most `number` of one), « reviews » (`number` a dossier), « refusals » (lift `pairs`),
    « least » (minimum loads lowered by `number` in all, as `loads` says), « recruit » (`number`
    experts without any link)."""

    kind: str
    number: int
    loads: tuple[tuple[str, int], ...] = ()
    pairs: tuple[Pair, ...] = ()


def reliefs(problem: Problem, refusals: frozenset[Pair] = frozenset()) -> tuple[Relief, ...]:
    """Every single rule whose loosening is enough, the smallest change of each."""
    unable = explain(problem, build(problem))
    if not unable.short:
        return tuple(_lower(unable))
    return tuple(
        found
        for found in (
            _more_load(problem),
            _higher(problem, "group"),
            _higher(problem, "profile"),
            _lifted(problem, refusals & problem.forbidden),
            _recruits(problem),
            _fewer_reviews(problem),
        )
        if found is not None
    )


def is_possible(problem: Problem) -> bool:
    found = explain(problem, build(problem))
    return not found.short and not found.idle


def _lower(unable: Shortage) -> Iterator[Relief]:
    if unable.idle:
        loads = tuple((one.reviewer, one.missing) for one in unable.idle)
        yield Relief("least", sum(n for _, n in loads), loads)


def _more_load(problem: Problem) -> Relief | None:
    """The fewest readings beyond the loads, and who would take them."""
    if not problem.reviewers:
        return None
    network = build(problem)
    part = program(network, np.arange(network.arcs), network.low, network.high)
    columns, count = len(part.columns), network.reviewers
    beyond: Sparse = sparse.csr_array(
        (-np.ones(count), (network.dossiers + np.arange(count), np.arange(count))),
        shape=(part.matrix.shape[0], count),
    )
    free = [1.0 if one.most > 0 else 0.0 for one in problem.reviewers]
    found: Any = optimize.milp(
        np.concatenate([np.zeros(columns), np.ones(count)]),
        integrality=np.ones(columns + count, dtype=np.int64),
        bounds=optimize.Bounds(
            np.concatenate([network.low[part.columns], np.zeros(count)]),
            np.concatenate([network.high[part.columns], np.array(free) * network.dossiers]),
        ),
        constraints=optimize.LinearConstraint(
            sparse.hstack([part.matrix, beyond]).tocsr(), part.right, part.right
        ),
    )
    if found.x is None:
        return None
    extra = np.rint(found.x[columns:]).astype(int).tolist()
    loads = tuple((one.id, n) for one, n in zip(problem.reviewers, extra, strict=True) if n)
    return Relief("load", sum(extra), loads)


def _higher(problem: Problem, kind: str) -> Relief | None:
    now = problem.max_per_group if kind == "group" else problem.max_per_profile
    if now is None:
        return None
    for number in range(now + 1, problem.reviews_per_dossier + 1):
        wider = (
            replace(problem, max_per_group=number)
            if kind == "group"
            else replace(problem, max_per_profile=number)
        )
        if is_possible(wider):
            return Relief(kind, number)
    return None


def _fewer_reviews(problem: Problem) -> Relief | None:
    """Fixed pairs may be more than the fewer reviews allow: then the problem cannot be stated."""
    for number in range(problem.reviews_per_dossier - 1, 0, -1):
        try:
            fewer = replace(problem, reviews_per_dossier=number)
        except ValueError:
            return None
        if is_possible(fewer):
            return Relief("reviews", number)
    return None


def _lifted(problem: Problem, refusals: frozenset[Pair]) -> Relief | None:
    """Refusals dropped one at a time while the rest stays possible: none of those left is idle."""
    if not refusals or not is_possible(replace(problem, forbidden=problem.forbidden - refusals)):
        return None
    needed = set(refusals)
    for pair in sorted(refusals):
        if is_possible(replace(problem, forbidden=problem.forbidden - (needed - {pair}))):
            needed.discard(pair)
    return Relief("refusals", len(needed), pairs=tuple(sorted(needed)))


def _recruits(problem: Problem) -> Relief | None:
    low, high = 0, RECRUITS
    if not is_possible(_with_newcomers(problem, high)):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if is_possible(_with_newcomers(problem, middle)):
            high = middle
        else:
            low = middle
    return Relief("recruit", high)


def _with_newcomers(problem: Problem, count: int) -> Problem:
    people = tuple(Reviewer(f"\x00{place}", 0, NEWCOMER) for place in range(count))
    return replace(
        problem,
        reviewers=problem.reviewers + people,
        affinity=tuple(row + (0.0,) * count for row in problem.affinity),
    )
