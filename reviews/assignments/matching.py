"""Who reviews what: the exact best assignment under loads, conflicts, groups and a floor.

Greatest total affinity as a flow, by linear programming (HiGHS). With a floor, in two stages: the
total shortfall below the floor is made as small as it can be, then, at that shortfall, the total
affinity as great as it can be. Among assignments equal in both, the one with the smallest sum of
lots is taken, each pair's lot being drawn from the SHA-256 of its two names: the answer is unique
and does not depend on the order of the lists.
"""

from dataclasses import dataclass
from math import fsum
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, hstack, identity, vstack

from reviews.assignments.graph import pieces
from reviews.assignments.network import Floats, Integers, Network, Sparse, build, lots, scale
from reviews.assignments.problem import Pair, Problem
from reviews.assignments.shortage import Shortage, explain

TIE_NODES = 2_000


@dataclass(frozen=True)
class Assignment:
    """Pairs (dossier, reviewer) in the order of the lists; sums of affinities, in its unit.

    `gap` is the relative distance to the proven bound, 0 when `optimal`. `pieces` is 1 when the
    graph of dossiers and reviewers is connected, which calibration needs.
    """

    pairs: tuple[Pair, ...]
    total: float
    worst: float
    under_floor: tuple[str, ...]
    optimal: bool
    gap: float
    pieces: int

    @property
    def connected(self) -> bool:
        """Whether all scores will be comparable."""
        return self.pieces <= 1


@dataclass(frozen=True)
class _Rows:
    """`low <= matrix @ x <= high`."""

    matrix: Sparse
    low: Floats | float
    high: Floats | float


@dataclass(frozen=True)
class _Answer:
    chosen: Integers
    gap: float = 0.0


def assign(problem: Problem, *, seconds: float = 60.0) -> Assignment | Shortage:
    """The best assignment, or who is short of what when there is none.

    `seconds` bounds each of the two solves a floor needs; past it the best assignment found comes
    back with `optimal` false and its gap.
    """
    network = build(problem)
    flow = _best_flow(problem, network)
    if flow is None:
        return explain(problem, network)
    answer = _Answer(flow)
    if problem.floor is not None and _shortfall(problem, network, flow) > 0:
        answer = _raise_floor(problem, network, seconds) or answer
    return _report(problem, network, answer)


def _best_flow(problem: Problem, network: Network) -> Integers | None:
    """The flow of greatest gain, then of smallest sum of lots; None when no flow exists."""
    if not network.matrix.shape[1]:
        return None
    cost = _over_columns(network, -network.gain)
    best = _solve_flow(network, cost, network.low, network.high)
    if best.status != 0:
        return None
    # Costs are whole and the matrix unimodular, so reduced costs are whole too. Every optimal flow
    # keeps at its bound each column whose reduced cost is not zero, and only those.
    reduced = cost - network.matrix.T @ best.eqlin.marginals
    held = np.abs(reduced) > 0.5
    value = np.rint(best.x)
    tied = _solve_flow(
        network,
        _over_columns(network, lots(problem, network)),
        np.where(held, value, network.low),
        np.where(held, value, network.high),
    )
    return _pairs_of(network, tied.x if tied.status == 0 else best.x)


def _solve_flow(network: Network, cost: Floats, low: Floats, high: Floats) -> Any:
    bounds: Any = np.column_stack([low, high])
    return linprog(cost, A_eq=network.matrix, b_eq=network.right, bounds=bounds, method="highs")


def _raise_floor(problem: Problem, network: Network, seconds: float) -> _Answer | None:
    """Smallest total shortfall, then greatest gain, then smallest sum of lots."""
    dossiers = len(problem.dossiers)
    missing = np.concatenate([np.zeros(network.matrix.shape[1]), np.ones(dossiers)])
    gain = np.concatenate([_over_columns(network, network.gain), np.zeros(dossiers)])
    draw = np.concatenate([_over_columns(network, lots(problem, network)), np.zeros(dossiers)])
    fixed = _floor_rows(problem, network)

    first = _solve(problem, network, missing, fixed, {"time_limit": seconds})
    if first is None:
        return None
    short = _shortfall(problem, network, first.chosen)
    fixed.append(_Rows(_one_row(missing), -np.inf, short + 0.5))
    second = _solve(problem, network, -gain, fixed, {"time_limit": seconds})
    if second is None:
        return first
    reached = int(network.gain @ second.chosen)
    fixed.append(_Rows(_one_row(gain), reached - 0.5, np.inf))
    # Nodes, not seconds: the same input must give the same answer on a busy machine.
    third = _solve(problem, network, draw, fixed, {"node_limit": TIE_NODES})
    kept = third if third is not None and first.gap == second.gap == 0 else second
    return _Answer(kept.chosen, max(first.gap, second.gap))


def _floor_rows(problem: Problem, network: Network) -> list[_Rows]:
    """The network, and for each dossier: gain + shortfall >= floor."""
    dossiers, columns = len(problem.dossiers), network.matrix.shape[1]
    flow: Sparse = hstack([network.matrix, csr_array((network.matrix.shape[0], dossiers))])
    sums = csr_array(
        (network.gain.astype(float), (network.dossier, np.arange(network.arcs))),
        shape=(dossiers, columns),
    )
    return [
        _Rows(flow, network.right, network.right),
        _Rows(hstack([sums, identity(dossiers)]), _floor(problem), np.inf),
    ]


def _solve(
    problem: Problem,
    network: Network,
    cost: Floats,
    rows: list[_Rows],
    limits: dict[str, Any],
) -> _Answer | None:
    dossiers = len(problem.dossiers)
    together = LinearConstraint(
        vstack([row.matrix for row in rows]).tocsr(),
        np.concatenate([np.broadcast_to(row.low, row.matrix.shape[0]) for row in rows]),
        np.concatenate([np.broadcast_to(row.high, row.matrix.shape[0]) for row in rows]),
    )
    options: Any = limits | {"mip_rel_gap": 0.0}
    found = milp(
        cost,
        integrality=np.concatenate([np.ones(network.arcs), np.zeros(len(cost) - network.arcs)]),
        bounds=Bounds(
            np.concatenate([network.low, np.zeros(dossiers)]),
            np.concatenate([network.high, np.full(dossiers, np.inf)]),
        ),
        constraints=together,
        options=options,
    )
    if found.x is None:
        return None
    return _Answer(_pairs_of(network, found.x), 0.0 if found.status == 0 else float(found.mip_gap))


def _report(problem: Problem, network: Network, answer: _Answer) -> Assignment:
    taken = np.flatnonzero(answer.chosen)
    pairs = [(int(network.dossier[arc]), int(network.reviewer[arc])) for arc in taken]
    sums = [
        fsum(problem.affinity[d][r] for d, r in pairs if d == dossier)
        for dossier in range(len(problem.dossiers))
    ]
    names = tuple((problem.dossiers[d], problem.reviewers[r].id) for d, r in pairs)
    reached = _sums(problem, network, answer.chosen)
    return Assignment(
        pairs=names,
        total=fsum(problem.affinity[d][r] for d, r in pairs),
        worst=min(sums, default=0.0),
        under_floor=tuple(
            name
            for name, value in zip(problem.dossiers, reached.tolist(), strict=True)
            if problem.floor is not None and value < _floor(problem)
        ),
        optimal=answer.gap == 0,
        gap=answer.gap,
        pieces=pieces(names),
    )


def _floor(problem: Problem) -> int:
    return round((problem.floor or 0.0) * scale(problem))


def _sums(problem: Problem, network: Network, chosen: Integers) -> Integers:
    sums = np.zeros(len(problem.dossiers), dtype=np.int64)
    np.add.at(sums, network.dossier, network.gain * chosen)
    return sums


def _shortfall(problem: Problem, network: Network, chosen: Integers) -> int:
    return int(np.maximum(_floor(problem) - _sums(problem, network, chosen), 0).sum())


def _pairs_of(network: Network, values: Floats) -> Integers:
    return np.rint(values[: network.arcs]).astype(np.int64)


def _over_columns(network: Network, of_pairs: Integers) -> Floats:
    rest = network.matrix.shape[1] - network.arcs
    return np.concatenate([of_pairs.astype(float), np.zeros(rest)])


def _one_row(values: Floats) -> Sparse:
    return csr_array(values.reshape(1, -1))
