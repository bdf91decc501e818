"""One objective after another, whole numbers throughout, for what a flow alone cannot say.

A floor under each dossier, or two kinds of groups that cross, need an integer programme. Each stage
is made as good as it can be and then held while the next one is worked on. Only the best pairs are
solved; the prices of the linear relaxation over all pairs then say which of the others could still
be part of something better. Those come in; when there are none, the answer is proven for the whole.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grants.core.late import Sparse, optimize, sparse
from reviews.assignments.network import (
    Floats,
    Integers,
    Network,
    Program,
    Truths,
    program,
    reduced_costs,
)
from reviews.assignments.optimum import shortlist

DEPTH = 27  # pairs of a dossier taken at first, besides the number of its readers
SMALL = 5_000  # networks up to this many pairs are solved whole
ROUNDS = 4


@dataclass(frozen=True)
class Stage:
    """Minimise `cost` over the columns plus `shortfall` times the sum missing under the floor."""

    cost: Floats
    shortfall: float = 0.0
    limits: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Held:
    """What an earlier stage reached: at most `limit`."""

    stage: Stage
    limit: float


@dataclass(frozen=True)
class Found:
    """Pairs chosen, value of the stage, distance to the proven bound over all pairs (relative)."""

    chosen: Integers
    value: float
    gap: float


class Search:
    """Stages one after another over a set of pairs that only grows."""

    def __init__(self, network: Network, floor: int | None, start: Integers | None) -> None:
        self.network, self.floor = network, floor
        self.held: list[Held] = []
        may = network.high[: network.arcs] > 0
        self.may: Truths = may
        taken = may.copy()
        if network.arcs > SMALL:
            gain = -network.gain.astype(float)
            taken = shortlist(network, gain, may, network.wanted + DEPTH)
            taken |= (network.low[: network.arcs] > 0) | (network.kept > 0)
            taken |= False if start is None else start[: network.arcs] > 0
        self.taken: Truths = taken

    @property
    def is_whole(self) -> bool:
        return bool((self.taken == self.may).all())

    def hold(self, stage: Stage, limit: float) -> None:
        self.held.append(Held(stage, limit))

    def run(self, stage: Stage) -> Found | None:
        """The best of this stage, those before held; None when nothing was found in time."""
        best, bound = None, -np.inf
        for _round in range(ROUNDS):
            reduced = None if self.is_whole else self._relaxed(stage)
            found = self._whole(stage)
            if found is None:
                return best
            best = found
            if reduced is None:
                return found
            costs, bound = reduced
            useful = self.may & ~self.taken & (costs[: self.network.arcs] < found.value - bound)
            if not useful.any():
                return found
            self.taken |= useful
        gap = 0.0 if best is None else (best.value - bound) / max(abs(best.value), 1.0)
        return best and Found(best.chosen, best.value, max(gap, best.gap))

    def bound(self, stage: Stage) -> float:
        """What the stage cannot go below, over all pairs."""
        relaxed = self._relaxed(stage)
        return -np.inf if relaxed is None else relaxed[1]

    def settle(self, stage: Stage) -> Found | None:
        """Among what the stages held leave open, over the pairs taken; None unless finished."""
        found = self._whole(stage)
        return found if found is not None and found.gap == 0 else None

    def _rows(self, part: Program) -> tuple[Sparse, Floats, Floats]:
        """Floor and earlier stages as rows over the columns of the part, then the shortfalls."""
        slacks = 0 if self.floor is None else self.network.dossiers
        rows, low, high = [], [np.zeros(0)], [np.zeros(0)]
        if self.floor is not None:
            rows.append(sparse.hstack([self._sums(part), sparse.identity(slacks)]))
            low.append(np.full(slacks, float(self.floor)))
            high.append(np.full(slacks, np.inf))
        for held in self.held:
            together = self._price(held.stage, part)
            rows.append(sparse.csr_array(together.reshape(1, -1)))
            low.append(np.array([-np.inf]))
            high.append(np.array([held.limit]))
        matrix: Sparse = sparse.vstack(rows).tocsr() if rows else None
        return matrix, np.concatenate(low), np.concatenate(high)

    def _sums(self, part: Program) -> Sparse:
        pairs = part.columns[part.columns < self.network.arcs]
        return sparse.csr_array(
            (
                self.network.gain[pairs].astype(float),
                (self.network.dossier[pairs], np.arange(len(pairs))),
            ),
            shape=(self.network.dossiers, len(part.columns)),
        )

    def _price(self, stage: Stage, part: Program) -> Floats:
        slacks = 0 if self.floor is None else self.network.dossiers
        return np.concatenate([stage.cost[part.columns], np.full(slacks, stage.shortfall)])

    def _part(self) -> tuple[Program, Floats, Floats, Sparse]:
        network = self.network
        part = program(network, np.flatnonzero(self.taken), network.low, network.high)
        slacks = 0 if self.floor is None else network.dossiers
        low = np.concatenate([network.low[part.columns], np.zeros(slacks)])
        high = np.concatenate([network.high[part.columns], np.full(slacks, np.inf)])
        equations = sparse.hstack(
            [part.matrix, sparse.csr_array((part.matrix.shape[0], slacks))]
        ).tocsr()
        return part, low, high, equations

    def _relaxed(self, stage: Stage) -> tuple[Floats, float] | None:
        """Reduced costs and bound of the linear relaxation over all pairs."""
        while True:
            part, low, high, equations = self._part()
            rows, least, most = self._rows(part)
            upper, signs, limits = _as_upper(rows, least, most)
            bounds: Any = np.column_stack([low, high])
            found: Any = optimize.linprog(
                self._price(stage, part),
                A_ub=upper,
                b_ub=limits,
                A_eq=equations,
                b_eq=part.right,
                bounds=bounds,
                method="highs",
            )
            if found.status != 0:
                return None
            prices = None if signs is None else signs * found.ineqlin.marginals
            reduced = self._reduced(stage, part, found.eqlin.marginals, prices)
            # The bound is worth what is left out of it: nothing cheaper than a hair.
            missing = self.may & ~self.taken & (reduced[: self.network.arcs] < -1e-6)
            if not missing.any():
                return reduced, float(found.fun)
            self.taken |= missing

    def _reduced(self, stage: Stage, part: Program, equal: Floats, extra: Floats | None) -> Floats:
        network = self.network
        cost = stage.cost.astype(float)
        if extra is not None:
            dossiers = 0 if self.floor is None else network.dossiers
            if dossiers:
                cost[: network.arcs] -= network.gain * extra[:dossiers][network.dossier]
            for held, price in zip(self.held, extra[dossiers:], strict=True):
                cost -= price * held.stage.cost
        return reduced_costs(network, cost, part.rows, equal)

    def _whole(self, stage: Stage) -> Found | None:
        part, low, high, equations = self._part()
        rows, least, most = self._rows(part)
        constraints = [optimize.LinearConstraint(equations, part.right, part.right)]
        if rows is not None:
            constraints.append(optimize.LinearConstraint(rows, least, most))
        price = self._price(stage, part)
        pairs = np.flatnonzero(self.taken)
        options: Any = stage.limits | {"mip_rel_gap": 0.0}
        found = optimize.milp(
            price,
            integrality=np.concatenate([np.ones(len(pairs)), np.zeros(len(price) - len(pairs))]),
            bounds=optimize.Bounds(low, high),
            constraints=constraints,
            options=options,
        )
        if found.x is None:
            return None
        chosen = np.zeros(self.network.arcs, dtype=np.int64)
        chosen[pairs] = np.rint(found.x[: len(pairs)])
        gap = 0.0 if found.status == 0 else float(found.mip_gap)
        return Found(chosen, float(found.fun), gap)


def _as_upper(rows: Sparse, low: Floats, high: Floats) -> tuple[Any, Any, Any]:
    """`low <= rows <= high`, one side of which is free, as `matrix <= limit` with the signs."""
    if rows is None:
        return None, None, None
    signs = np.where(np.isfinite(high), 1.0, -1.0)
    limits = np.where(np.isfinite(high), high, -low)
    return rows.multiply(signs[:, None]).tocsr(), signs, limits
