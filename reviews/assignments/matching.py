"""Who reviews what: the exact best assignment under loads, conflicts, groups and a floor.

In this order: as few of the kept pairs dropped as can be; then, with a floor, the smallest total
shortfall below it; then the greatest total affinity; then the smallest sum of lots, each pair's lot
being drawn from the SHA-256 of its two names: the answer is unique and does not depend on the order
of the lists. Without a floor, and with one kind of group, this is a flow and linear programming
(HiGHS) is enough; otherwise the same stages are solved in whole numbers.
"""

from dataclasses import dataclass
from math import fsum

import numpy as np

from reviews.assignments.graph import pieces
from reviews.assignments.network import Floats, Integers, Network, build, lots, scale
from reviews.assignments.optimum import cheapest
from reviews.assignments.problem import Pair, Problem
from reviews.assignments.shortage import Shortage, explain
from reviews.assignments.stages import Found, Search, Stage

WEIGHT = 1_000.0  # of the shortfall against the total, to begin with
TIE_NODES = 2_000
# Lots are drawn for every pair of a small problem; of a larger one only between pairs that tie.
TIE_PAIRS = 20_000


@dataclass(frozen=True)
class Assignment:
    """Pairs (dossier, reviewer) in the order of the lists; sums of affinities, in its unit.

    `gap` is the relative distance to the proven bound, 0 when `optimal`. `pieces` is 1 when the
    graph of dossiers and reviewers is connected, which calibration needs. `dropped` are the kept
    pairs that had to go.
    """

    pairs: tuple[Pair, ...]
    total: float
    worst: float
    under_floor: tuple[str, ...]
    optimal: bool
    gap: float
    pieces: int
    dropped: tuple[Pair, ...] = ()

    @property
    def connected(self) -> bool:
        """Whether all scores will be comparable."""
        return self.pieces <= 1


@dataclass(frozen=True)
class _Answer:
    chosen: Integers
    gap: float = 0.0


def assign(problem: Problem, *, seconds: float = 60.0) -> Assignment | Shortage:
    """The best assignment, or who is short of what when there is none.

    `seconds` bounds each of the solves a floor needs; past it the best assignment found comes back
    with `optimal` false and its gap.
    """
    network = build(problem)
    flow = _best_flow(problem, network)
    if flow is None and (network.is_flow or not network.arcs):
        return explain(problem, network)
    answer = None if flow is None else _Answer(flow)
    if flow is None or (problem.floor is not None and _shortfall(problem, network, flow) > 0):
        answer = _in_stages(problem, network, flow, seconds) or answer
    return explain(problem, network) if answer is None else _report(problem, network, answer)


def _best_flow(problem: Problem, network: Network) -> Integers | None:
    """Fewest kept pairs dropped, then greatest gain, then smallest sum of lots; None without one.

    Every optimal flow keeps at its bound each column whose reduced cost is not zero, and only
    those: held there, the next stage chooses among the optima of the one before.
    """
    if not network.arcs or not network.is_flow:
        return None
    low, high, value = network.low, network.high, None
    for cost in (-network.kept, -network.gain, None):
        free = np.flatnonzero(low[: network.arcs] < high[: network.arcs])
        if cost is None:
            cost = lots(problem, network, free)
        if value is not None and not cost[free].any():
            continue
        if value is None and not cost.any():
            continue
        found = cheapest(network, _over_columns(network, cost), low, high, value)
        if found is None:
            return None
        value = found.value
        held = np.abs(found.reduced) > 0.5
        low, high = np.where(held, value, low), np.where(held, value, high)
    return None if value is None else value[: network.arcs]


def _in_stages(
    problem: Problem, network: Network, flow: Integers | None, seconds: float
) -> _Answer | None:
    """The same order, with the floor in its place, in whole numbers."""
    search = Search(network, None if problem.floor is None else _floor(problem), flow)
    limits = {"time_limit": seconds}
    best, gap = None, 0.0
    if network.kept.any():
        stage = Stage(_over_columns(network, -network.kept), limits=limits)
        best = search.run(stage)
        if best is None:
            return None
        search.hold(stage, -int(network.kept @ best.chosen) + 0.5)
        gap = best.gap
    if problem.floor is not None:
        best = _least_shortfall(problem, search, limits) or best
        gap = max(gap, best.gap if best else 1.0)
    total = Stage(_over_columns(network, -network.gain), limits=limits)
    found = search.run(total)
    if found is None:
        return None if best is None else _Answer(best.chosen, gap or 1.0)
    search.hold(total, -int(network.gain @ found.chosen) + 0.5)
    gap = max(gap, found.gap)
    return _Answer(found.chosen if gap else _settled(problem, search, found.chosen), gap)


def _least_shortfall(problem: Problem, search: Search, limits: dict[str, float]) -> Found | None:
    """Shortfall alone has too many equals: a blend with the total finds it, then it is proven."""
    network = search.network
    alone = Stage(np.zeros(len(network.low)), 1.0, limits)
    found = search.run(Stage(_over_columns(network, -network.gain), WEIGHT, limits))
    if found is None:
        return None
    short, gap = _shortfall(problem, network, found.chosen), 0.0
    search.hold(alone, short + 0.5)
    if short and short > search.bound(alone) + 0.99:
        proven = search.run(alone)
        gap = 1.0 if proven is None else proven.gap
        if proven is not None and _shortfall(problem, network, proven.chosen) < short:
            found, short = proven, _shortfall(problem, network, proven.chosen)
            search.hold(alone, short + 0.5)
    return Found(found.chosen, float(short), gap)


def _settled(problem: Problem, search: Search, chosen: Integers) -> Integers:
    """Of the answers equal in all stages, the one of the smallest sum of lots."""
    if np.count_nonzero(search.taken) > TIE_PAIRS:
        return chosen
    drawn = lots(problem, search.network, np.flatnonzero(search.taken))
    # Nodes, not seconds: the same input must give the same answer on a busy machine.
    stage = Stage(_over_columns(search.network, drawn), limits={"node_limit": TIE_NODES})
    settled = search.settle(stage)
    return chosen if settled is None else settled.chosen


def _report(problem: Problem, network: Network, answer: _Answer) -> Assignment:
    taken = np.flatnonzero(answer.chosen)
    pairs = [(int(network.dossier[arc]), int(network.reviewer[arc])) for arc in taken]
    affinities: list[list[float]] = [[] for _ in problem.dossiers]
    for dossier, reviewer in pairs:
        affinities[dossier].append(problem.affinity[dossier][reviewer])
    names = tuple((problem.dossiers[d], problem.reviewers[r].id) for d, r in pairs)
    reached = _sums(problem, network, answer.chosen)
    floor = _floor(problem)  # 0 without one: nobody is under it
    return Assignment(
        pairs=names,
        total=fsum(value for row in affinities for value in row),
        worst=min(map(fsum, affinities), default=0.0),
        under_floor=tuple(
            name
            for name, value in zip(problem.dossiers, reached.tolist(), strict=True)
            if value < floor
        ),
        optimal=answer.gap == 0,
        gap=answer.gap,
        pieces=pieces(names),
        dropped=tuple(sorted(problem.kept - set(names))),
    )


def _floor(problem: Problem) -> int:
    return round((problem.floor or 0.0) * scale(problem))


def _sums(problem: Problem, network: Network, chosen: Integers) -> Integers:
    sums = np.zeros(len(problem.dossiers), dtype=np.int64)
    np.add.at(sums, network.dossier, network.gain * chosen)
    return sums


def _shortfall(problem: Problem, network: Network, chosen: Integers) -> int:
    return int(np.maximum(_floor(problem) - _sums(problem, network, chosen), 0).sum())


def _over_columns(network: Network, of_pairs: Integers) -> Floats:
    rest = len(network.low) - network.arcs
    return np.concatenate([of_pairs.astype(float), np.zeros(rest)])
