"""Equal dossiers at the line: as many as can be, then as much, then by lot or by rank.

ERA-LEARN, co-funded calls: only proposals of identical score at the threshold may be chosen
according to the funds, to maximise their number.
"""

import numpy as np

from grants.decisions.lots import drawn
from grants.decisions.problem import Line, Problem
from grants.decisions.programme import Column, Programme, columns_of
from grants.decisions.room import Room

BLOCK = 16


def best_of_ties(
    problem: Problem, room: Room, tied: list[Line], below: list[Line]
) -> dict[str, int]:
    """Amount in cents of each tied dossier that is paid.

    All are paid in full but one at most, which may be offered the remainder. Dossiers below count
    only for the floors that must still be met after.
    """
    full = [column for line in tied for column in _full(line)]
    partial = [column for line in tied for column in columns_of(line)]
    later = [column for line in below for column in columns_of(line)]
    programme = Programme(problem, room, [*full, *partial, *(later if room.wants else [])])
    names = {line.id for line in tied}
    mine = [place for place, one in enumerate(programme.columns) if one.line.id in names]
    fulls = sum(one.line.group not in room.groups for one in full)
    cut = mine[fulls:]
    programme.add(dict.fromkeys(cut, 1), -np.inf, 1)

    count = np.zeros(2 * programme.size)
    count[mine] = 1.0
    amount = np.zeros(2 * programme.size)
    amount[[programme.size + place for place in mine]] = 1.0
    best = _hold(programme, count)
    best = _hold(programme, amount)
    order = [line.id for line in tied]
    if problem.seed is not None:
        order = drawn(order, problem.seed)
    for start in range(0, len(order), BLOCK):
        # Powers of two within a block: the better-placed one weighs more than all after it.
        block = order[start : start + BLOCK]
        weight = {name: 2.0 ** (len(block) - place) for place, name in enumerate(block)}
        best = _hold(programme, _weighed(programme, mine, weight))
    last = {name: float(place - len(order)) for place, name in enumerate(order)}
    best = _hold(programme, _weighed(programme, cut, last))
    return _paid(programme, mine, best)


def _weighed(programme: Programme, places: list[int], weight: dict[str, float]) -> np.ndarray:
    gain = np.zeros(2 * programme.size)
    for place in places:
        gain[place] = weight.get(programme.columns[place].line.id, 0.0)
    return gain


def _paid(programme: Programme, places: list[int], best: np.ndarray) -> dict[str, int]:
    paid: dict[str, int] = {}
    for place in places:
        if best[place]:
            name = programme.columns[place].line.id
            paid[name] = paid.get(name, 0) + int(best[programme.size + place])
    return paid


def _full(line: Line) -> list[Column]:
    amount = line.fit(line.payable)
    return [Column(line, amount, amount)] if amount else []


def _hold(programme: Programme, gain: np.ndarray) -> np.ndarray:
    """Solve for a gain, then keep it there in every later solve."""
    found = programme.solve(gain)
    if found is None or not found.proven:
        raise TimeoutError("the ties could not be settled in time")
    values = np.concatenate([found.chosen, found.amounts // programme.unit])
    kept = {int(place): int(gain[place]) for place in np.flatnonzero(gain)}
    if kept:
        programme.add(kept, int(gain @ values), np.inf)
    return np.concatenate([found.chosen, found.amounts])
