"""What must be kept back for the floors while the ranking is walked down.

One way to meet every floor is remembered: a dossier that fits beside it is paid without asking the
solver. The least that all floors cost is remembered too: what is left without it bounds every
dossier that meets none of them. The solver decides the rest.
"""

from collections import Counter
from copy import copy
from dataclasses import replace

import numpy as np

from grants.decisions.problem import Line, Problem
from grants.decisions.programme import Programme, Solution, columns_of
from grants.decisions.room import Room

Signature = tuple[object, ...]


class Floors:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.witness: dict[str, tuple[Line, int]] | None = None
        self.cost = 0
        self.fresh = False
        self.refused: dict[Signature, int] = {}
        members = Counter(line.group for line in problem.lines)
        self.alone = {group for group, count in members.items() if group is None or count == 1}
        self.presses = {line.id: _presses(problem, line) for line in problem.lines}

    def copy(self) -> "Floors":
        """What is remembered here, for a walk that is only tried."""
        other = copy(self)
        other.refused = dict(self.refused)
        other.witness = None if self.witness is None else dict(self.witness)
        return other

    def most(self, room: Room, line: Line, amount: int, below: list[Line]) -> int:
        """The most this dossier can have so that the floors can still be met below it."""
        if self.witness is None:
            self._remember(room, [line, *below])
        for _look in range(2):
            if self._fits_beside(room, line, amount):
                return amount
            if self._surely_not(room, line, amount):
                return 0
            if self.fresh:
                break
            self._remember(room, [line, *below])
        kept = solved(self.problem, room, line, amount, below)
        if not kept and line.group in self.alone:
            self.refused[self._signature(room, line)] = line.least_useful
        return kept

    def paid(self, before: Room, after: Room, line: Line, amount: int) -> None:
        """Forget what the payment of this dossier may have changed."""
        self.refused.clear()
        self.fresh = False
        if self._counts(before, line):
            self.cost -= amount  # the others may cost that much less, never less still
        if self.witness is not None:
            self.witness.pop(line.id, None)
            if not self._keeps(after, list(self.witness.values())):
                self.witness = None

    def _remember(self, room: Room, lines: list[Line]) -> None:
        columns = [one for each in lines if self._counts(room, each) for one in columns_of(each)]
        programme = Programme(self.problem, room, columns)
        cheap = np.concatenate([np.zeros(programme.size), -np.ones(programme.size)])
        found = programme.solve(cheap)
        if found is None or not found.proven:
            raise TimeoutError("the floors could not be settled in time")
        self.witness = {
            one.line.id: (one.line, int(found.amounts[place]))
            for place, one in enumerate(programme.columns)
            if found.chosen[place]
        }
        self.cost = int(found.amounts.sum())
        self.fresh = True

    def _fits_beside(self, room: Room, line: Line, amount: int) -> bool:
        others = [one for one in (self.witness or {}).values() if one[0].id != line.id]
        own = (self.witness or {}).get(line.id, (line, 0))[1]
        return amount >= own and self._keeps(room, [*others, (line, amount)])

    def _keeps(self, room: Room, payments: list[tuple[Line, int]]) -> bool:
        groups = [line.group for line, _ in payments if line.group is not None]
        if len(groups) != len(set(groups)) or room.groups & set(groups):
            return False
        used = sum(amount * self.presses[line.id] for line, amount in payments)
        lasts = room.awards is None or len(payments) <= room.awards
        return lasts and bool((used <= _limits(room)).all())

    def _surely_not(self, room: Room, line: Line, amount: int) -> bool:
        if not self._counts(room, line) and not line.fit(min(amount, room.envelope - self.cost)):
            return True
        known = self.refused.get(self._signature(room, line))
        return known is not None and line.group in self.alone and line.least_useful >= known

    def _counts(self, room: Room, line: Line) -> bool:
        wanted = np.array([left > 0 for left in room.floors], dtype=bool)
        presses = self.presses[line.id]
        return bool((presses[len(presses) - len(wanted) :] < 0)[wanted].any())

    def _signature(self, room: Room, line: Line) -> Signature:
        """Two dossiers of one signature press on the same rules."""
        rules = (*self.problem.floors, *self.problem.caps)
        return (room, line.shares, *(rule.covers(line) for rule in rules))


def _presses(problem: Problem, line: Line) -> np.ndarray:
    """What a cent for this dossier takes from every limit; floors are limits upside down."""
    return np.array(
        [
            1,
            *(rule.covers(line) for rule in problem.caps),
            *(line.share(payment.year) for payment in problem.payments),
            *(-rule.covers(line) for rule in problem.floors),
        ],
        dtype=np.int64,
    )


def _limits(room: Room) -> np.ndarray:
    floors = (-max(left, 0) for left in room.floors)
    return np.array([room.envelope, *room.caps, *room.payments, *floors], dtype=np.int64)


def counts(problem: Problem, room: Room, line: Line) -> bool:
    """Whether this dossier helps to meet a floor that is not met yet."""
    return any(
        left > 0 and rule.covers(line)
        for rule, left in zip(problem.floors, room.floors, strict=True)
    )


def solved(
    problem: Problem,
    room: Room,
    line: Line,
    amount: int,
    below: list[Line],
    skip: int | None = None,
) -> int:
    """The most by the solver; `skip` leaves one floor out."""
    if skip is not None:
        room = replace(room, floors=(*room.floors[:skip], 0, *room.floors[skip + 1 :]))
    useful = [line, *(each for each in below if counts(problem, room, each))]
    programme = Programme(problem, room, [one for each in useful for one in columns_of(each)])
    mine = np.array([one.line.id == line.id for one in programme.columns])
    gain = np.concatenate([np.zeros(programme.size), mine.astype(float)])
    found: Solution | None = programme.solve(gain)
    if found is None or not found.proven:
        raise TimeoutError("the floors could not be settled in time")
    return line.fit(min(amount, int(found.amounts[mine].sum())))
