"""The cheapest flow of a network, proven over all pairs while only a few of them are solved.

The best pairs of each dossier and of each reviewer are solved first; the prices found say what any
pair left out would save. While one would save something it comes in and the solve is made again, so
that the answer is the optimum of the whole problem.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from grants.core.late import optimize
from reviews.assignments.network import (
    Floats,
    Integers,
    Network,
    Truths,
    program,
    reduced_costs,
)

DEPTH = 10  # pairs of a dossier solved at first, besides the number of its readers
WIDER = 4


@dataclass(frozen=True)
class Optimum:
    """`reduced`: what one more unit of each column would cost; nothing below 0 is left out."""

    value: Integers
    reduced: Floats


def cheapest(
    network: Network, cost: Floats, low: Integers, high: Integers, start: Integers | None = None
) -> Optimum | None:
    """The proven minimum of `cost`; None when no flow exists. `start` is a flow already known."""
    depth = network.wanted + DEPTH
    may = high[: network.arcs] > 0
    taken = shortlist(network, cost, may, depth) | (low[: network.arcs] > 0)
    if start is not None:
        taken |= start[: network.arcs] > 0
    while True:
        pairs = np.flatnonzero(taken)
        part = program(network, pairs, low, high)
        found = _solve(part, cost, low, high)
        if found is None:
            if len(pairs) == np.count_nonzero(may):
                return None
            depth *= WIDER
            taken |= shortlist(network, cost, may, depth)
            continue
        reduced = reduced_costs(network, cost, part.rows, found.eqlin.marginals)
        # Costs are whole and the matrix unimodular: so are reduced costs.
        missing = may & ~taken & (reduced[: network.arcs] < -0.5)
        if not missing.any():
            return Optimum(_spread(network, part.columns, found.x, low), reduced)
        taken |= missing


def shortlist(network: Network, cost: Floats, may: Truths, depth: int) -> Truths:
    """The `depth` cheapest pairs of each dossier, and of each reviewer in proportion."""
    full = np.full((network.dossiers, network.reviewers), np.inf, dtype=np.float32)
    full[network.dossier[may], network.reviewer[may]] = cost[: network.arcs][may]
    among = np.zeros(full.shape, dtype=bool)
    of_reviewer = -(-depth * network.dossiers // max(network.reviewers, 1))
    for matrix, marked, count in ((full, among, depth), (full.T, among.T, of_reviewer)):
        if count >= matrix.shape[1]:
            marked[:] = True
        elif matrix.size:
            best = np.argpartition(matrix, count - 1, axis=1)[:, :count]
            np.put_along_axis(marked, best, values=True, axis=1)
    found: Truths = among[network.dossier, network.reviewer] & may
    return found


def _solve(part: Any, cost: Floats, low: Integers, high: Integers) -> Any:
    bounds: Any = np.column_stack([low[part.columns], high[part.columns]])
    found = optimize.linprog(
        cost[part.columns], A_eq=part.matrix, b_eq=part.right, bounds=bounds, method="highs"
    )
    if found.status not in (0, 2):
        raise ArithmeticError(f"the solver gave up: {found.message}")
    return found if found.status == 0 else None


def _spread(network: Network, columns: Integers, found: Floats, low: Integers) -> Integers:
    """The values of the columns solved among all of them; the others stay where they must be."""
    value = low.copy()
    value[columns] = np.rint(found)
    return value
