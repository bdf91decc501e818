"""The set of awards of greatest total value, for calls that published it beforehand.

Equal totals are parted lexicographically: the set that funds the first-ranked dossier where the
others do not, then the second, and so on; of two options of one dossier, the larger. The answer is
therefore one and the same whatever the solver's path.
"""

from math import ceil, log2, log10

import numpy as np

from grants.decisions.problem import (
    AID_CEILING,
    Allocation,
    Award,
    Displaced,
    Line,
    Problem,
    Refusal,
)
from grants.decisions.programme import Column, Programme, Solution, columns_of, whole_room

PLACES = 6
BITS = 20


def best_portfolio(problem: Problem) -> Allocation:
    """Choose one option, or none, per dossier. Without options, all that may be paid, or nothing.

    Raises `ArithmeticError` when the rules cannot be kept together, `TimeoutError` when nothing is
    found in time; `optimal` is false when a better set was not excluded in time.
    """
    columns = [column for line in problem.lines for column in columns_of(line, whole=True)]
    programme = Programme(problem, whole_room(problem), columns)
    values = np.rint(np.array([one.value for one in programme.columns]) * _scale(columns))
    best = programme.solve(_per_choice(programme, values))
    if best is None:
        raise ArithmeticError("the rules of this portfolio contradict each other")
    proven = best.proven
    if proven:
        _hold(programme, values, best)
        best, proven = _part(problem, programme, best)
    return _result(problem, programme, best, proven)


def _scale(columns: list[Column]) -> float:
    """Six significant places of the greatest value, as whole numbers."""
    greatest = max((one.value for one in columns), default=1.0)
    return float(10.0 ** (PLACES - ceil(log10(max(greatest, 1.0)))))


def _part(problem: Problem, programme: Programme, best: Solution) -> tuple[Solution, bool]:
    """Lexicographic choice among equals, as many dossiers at a time as whole numbers can carry."""
    places: dict[str, list[int]] = {line.id: [] for line in problem.lines}
    for place, one in enumerate(programme.columns):
        places[one.line.id].append(place)
    most = max([1, *(len(several) for several in places.values())])
    step = max(int(BITS // log2(most + 1)), 1)
    names = [name for name, several in places.items() if several]
    for start in range(0, len(names), step):
        weights = np.zeros(programme.size)
        block = names[start : start + step]
        for rank, name in enumerate(reversed(block)):
            ascending = sorted(places[name], key=lambda place: programme.columns[place].low)
            for level, place in enumerate(ascending, 1):
                weights[place] = level * (most + 1) ** rank
        found = programme.solve(_per_choice(programme, weights))
        if found is None or not found.proven:
            return best, False
        best = found
        _hold(programme, weights, best)
    return best, True


def _per_choice(programme: Programme, weights: np.ndarray) -> np.ndarray:
    return np.concatenate([weights, np.zeros(programme.size)])


def _hold(programme: Programme, weights: np.ndarray, best: Solution) -> None:
    reached = float(weights @ best.chosen)
    kept = {int(place): float(weights[place]) for place in np.flatnonzero(weights)}
    if kept:
        programme.add(kept, reached - 0.5, np.inf)


def _result(problem: Problem, programme: Programme, best: Solution, proven: bool) -> Allocation:
    paid = {
        one.line.id: int(best.amounts[place])
        for place, one in enumerate(programme.columns)
        if best.chosen[place]
    }
    awards = tuple(_award(line, paid[line.id]) for line in problem.lines if line.id in paid)
    hopeless = [line.id for line in problem.lines if not columns_of(line, whole=True)]
    unpaid = [line.id for line in problem.lines if line.id not in paid]
    last = max((place for place, line in enumerate(problem.lines) if line.id in paid), default=0)
    spent = sum(paid.values())
    return Allocation(
        mode="portfolio",
        awards=awards,
        reserve=tuple(name for name in unpaid if name not in hopeless),
        refused=tuple(Refusal(name, AID_CEILING) for name in hopeless),
        spent=spent,
        left=problem.envelope - spent,
        optimal=proven,
        displaced=tuple(
            Displaced(line.id, "portfolio")
            for line in problem.lines[:last]
            if line.id not in paid and line.id not in hopeless
        ),
    )


def _award(line: Line, amount: int) -> Award:
    because = None
    if amount < line.asked:
        because = AID_CEILING if amount == line.payable else "portfolio"
    return Award(line.id, amount, amount == line.asked, because)
