"""The set of awards of greatest total value, for calls that published it beforehand.

Equal totals are parted lexicographically: the set that funds the first-ranked dossier where the
others do not, then the second, and so on; of two options of one dossier, the larger. The answer is
therefore one and the same whatever the solver's path. The prices of the linear relaxation first
tell which choices are the same in every best set: few are left to part. Where more than MOST_FREE
are, the greatest sum of (number of dossiers - rank) parts them.
"""

from math import ceil, gcd, log2, log10

import numpy as np

from grants.decisions.problem import (
    AID_CEILING,
    DECIDED,
    Allocation,
    Award,
    Displaced,
    Line,
    Problem,
    Refusal,
)
from grants.decisions.programme import Column, Programme, Solution, columns_of
from grants.decisions.room import whole_room

PLACES = 9
BITS = 20
MOST_FREE = 300


def best_portfolio(problem: Problem) -> Allocation:
    """Choose one option, or none, per dossier. Without options, all that may be paid, or nothing.

    Raises `ArithmeticError` when the rules cannot be kept together, `TimeoutError` when nothing is
    found in time; `optimal` is false when a better set was not excluded in time.
    """
    columns = [column for line in problem.lines for column in columns_of(line, whole=True)]
    programme = Programme(problem, whole_room(problem), columns)
    values = _values(programme.columns)
    best = programme.solve(_per_choice(programme, values))
    if best is None:
        raise ArithmeticError("the rules of this portfolio contradict each other")
    proven = best.proven
    if proven:
        _hold(programme, values, best)
        best, proven = _part(problem, programme, best)
    return _result(problem, programme, best, proven)


def _values(columns: list[Column]) -> np.ndarray:
    """Nine significant places of the greatest value, as the smallest whole numbers."""
    greatest = max((one.value for one in columns), default=1.0)
    scale = 10.0 ** (PLACES - ceil(log10(max(greatest, 1.0))))
    whole = np.rint(np.array([one.value for one in columns]) * scale).astype(np.int64)
    return whole / max(gcd(*whole.tolist()), 1)


def _part(problem: Problem, programme: Programme, best: Solution) -> tuple[Solution, bool]:
    """Lexicographic choice among equals, as many dossiers at a time as whole numbers can carry."""
    places = _free_places(programme)
    if len(places) > MOST_FREE:
        return _by_sum_of_ranks(problem, programme, best)
    most = max([1, *(len(several) for several in places.values())])
    step = max(int(BITS // log2(most + 1)), 1)
    names = list(places)
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
        for settled in np.flatnonzero(weights):
            programme.fix(int(settled), int(best.chosen[settled]))
    return best, True


def _free_places(programme: Programme) -> dict[str, list[int]]:
    """Every way still open to pay each dossier that has more than one answer, in rank order."""
    places: dict[str, list[int]] = {}
    for place, one in enumerate(programme.columns):
        if programme.least[place] != programme.most[place]:
            places.setdefault(one.line.id, []).append(place)
    return places


def _by_sum_of_ranks(
    problem: Problem, programme: Programme, best: Solution
) -> tuple[Solution, bool]:
    rank = {line.id: place for place, line in enumerate(problem.lines)}
    last = len(problem.lines)
    weights = np.array([float(last - rank[one.line.id]) for one in programme.columns])
    found = programme.solve(_per_choice(programme, weights))
    return (found, found.proven) if found else (best, False)


def _per_choice(programme: Programme, weights: np.ndarray) -> np.ndarray:
    return np.concatenate([weights, np.zeros(programme.size)])


def _hold(programme: Programme, values: np.ndarray, best: Solution) -> None:
    """From here on, only sets as good as this one; what all of them share is settled."""
    reached = int(values @ best.chosen)
    same = programme.reachable(_per_choice(programme, values), reached)
    for place, open_ in enumerate(same):
        if not open_:
            programme.fix(place, int(best.chosen[place]))
    kept = {int(place): int(values[place]) for place in np.flatnonzero(values)}
    if kept:
        programme.add(kept, reached, np.inf)


def _result(problem: Problem, programme: Programme, best: Solution, proven: bool) -> Allocation:
    chosen = {
        one.line.id: int(best.amounts[place])
        for place, one in enumerate(programme.columns)
        if best.chosen[place]
    }
    paid = chosen | {line.id: line.decided for line in problem.lines if line.decided}
    awards = tuple(_award(line, paid[line.id]) for line in problem.lines if line.id in paid)
    hopeless = {
        line.id: AID_CEILING if line.decided is None else DECIDED
        for line in problem.lines
        if line.id not in paid and not columns_of(line, whole=True)
    }
    unpaid = [line.id for line in problem.lines if line.id not in paid]
    last = max((place for place, line in enumerate(problem.lines) if line.id in chosen), default=0)
    spent = sum(paid.values())
    return Allocation(
        mode="portfolio",
        awards=awards,
        reserve=tuple(name for name in unpaid if name not in hopeless),
        refused=tuple(Refusal(*one) for one in hopeless.items()),
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
    because = None if line.decided is None else DECIDED
    if amount < line.asked and line.decided is None:
        because = AID_CEILING if amount == line.payable else "portfolio"
    return Award(line.id, amount, amount == line.asked, because)
