"""Who is funded, with how much, under the published rules. Amounts in whole cents.

By rank: descend; each dossier gets all the rules leave it, between its minimum and its ask; the
first that the envelope cannot pay is offered the remainder if that is useful, and there the line is
drawn: the rest go on the reserve list in order. A better-ranked dossier is passed over only when a
published rule forbids it, and the rule is named. A floor holds money back for those it names. With
`ties`, dossiers of equal score at the line are chosen to be as many, then as much, as the money
allows, the better-ranked first among equals.

As a portfolio: see `portfolio`.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile

import numpy as np

from grants.decisions.conflict import conflict_of
from grants.decisions.portfolio import best_portfolio
from grants.decisions.problem import (
    AID_CEILING,
    OPTIONS,
    Allocation,
    Award,
    Conflict,
    Displaced,
    Line,
    Problem,
    Refusal,
)
from grants.decisions.programme import Programme, columns_of, whole_room
from grants.decisions.ties import best_of_ties

ENVELOPE = "envelope"
ONE_PER_GROUP = "one award per group"
MOST_AWARDS = "max_awards"
TIED = "ties score"
LINE = frozenset({ENVELOPE, MOST_AWARDS})


def fund_in_order(lines: Iterable[Line], envelope: int) -> Allocation:
    """Descend the ranking with nothing but an envelope (cents): the rule a page shows live."""
    result = allocate(Problem(envelope=envelope, lines=tuple(lines)))
    if isinstance(result, Conflict):
        raise ArithmeticError("an envelope alone cannot contradict itself")
    return result


def allocate(problem: Problem) -> Allocation | Conflict:
    """The one allocation the rules give, or the rules that cannot be kept together.

    Raises `TimeoutError` when a floor or a portfolio cannot be settled in time.
    """
    conflict = conflict_of(problem)
    if conflict is not None:
        return conflict
    if problem.mode == "portfolio":
        return best_portfolio(problem)
    return _Descent(problem).run()


class _Descent:
    """One walk down the ranking."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.room = whole_room(problem)
        self.stopped = False
        self.awards: list[Award] = []
        self.refused: list[Refusal] = []
        self.reserve: list[Line] = []
        self.displaced: dict[str, str] = {}

    def run(self) -> Allocation:
        waiting = list(self.problem.lines)
        while waiting:
            tied = self._tied(waiting)
            if len(tied) > 1 and not self.stopped and self._crosses_the_line(tied, waiting):
                self._settle_ties(tied, waiting[len(tied) :])
                waiting = waiting[len(tied) :]
            else:
                self._take(waiting.pop(0), waiting)
        return self._result()

    def _take(self, line: Line, below: list[Line]) -> None:
        """Pay, refuse or put on the reserve list."""
        amount, because = self._offer(line, below)
        if self.stopped and amount:
            floor = self._unmet_floor(line)
            if floor is None:
                self.reserve.append(line)
                return
            self._pay(line, amount, floor)
            self._note_displaced(floor)
        elif amount:
            self._pay(line, amount, because)
            self.stopped = because == ENVELOPE
        elif because in LINE:
            self.stopped = True
            self.reserve.append(line)
        elif self._is_floor(because):
            self.reserve.append(line)
            self.displaced.setdefault(line.id, str(because))
        elif self.stopped and str(because).startswith("cap "):
            self.reserve.append(line)
        else:
            self.refused.append(Refusal(line.id, str(because)))

    def _offer(self, line: Line, below: list[Line]) -> tuple[int, str | None]:
        """The amount the rules leave this dossier, and the rule that holds it there."""
        bound, because = self._bound(line)
        amount = line.fit(bound)
        if amount and any(left > 0 for left in self.room.floors):
            kept = self._bound_by_floors(line, amount, below)
            if kept < amount:
                return kept, self._binding_floor(line, amount, below)
        if amount and amount == line.fit(line.payable):
            because = None if amount == line.asked else _own_limit(line, amount)
        return amount, because

    def _bound(self, line: Line) -> tuple[int, str | None]:
        """Closest of the plain limits. A rule is named before the envelope it hides."""
        if line.group is not None and line.group in self.room.groups:
            return 0, ONE_PER_GROUP
        limits: list[tuple[int, str | None]] = [
            (line.payable, AID_CEILING if line.payable < line.asked else None),
            *(
                (max(left, 0), rule.named("cap"))
                for rule, left in zip(self.problem.caps, self.room.caps, strict=True)
                if rule.covers(line)
            ),
        ]
        forbidding = [limit for limit in limits if not line.fit(limit[0])]
        if forbidding:
            amount, name = forbidding[0]
            return amount, name or OPTIONS
        if self.room.awards == 0:
            return 0, MOST_AWARDS
        return min([*limits, (self.room.envelope, ENVELOPE)], key=lambda limit: limit[0])

    def _bound_by_floors(
        self, line: Line, amount: int, below: list[Line], skip: int | None = None
    ) -> int:
        """The most this dossier can have so that the floors can still be met below it."""
        room = self.room
        if skip is not None:
            room = replace(room, floors=(*room.floors[:skip], 0, *room.floors[skip + 1 :]))
        columns = [one for each in (line, *below) for one in columns_of(each)]
        programme = Programme(self.problem, room, columns)
        mine = np.array([one.line.id == line.id for one in programme.columns])
        gain = np.concatenate([np.zeros(programme.size), mine.astype(float)])
        found = programme.solve(gain)
        if found is None or not found.proven:
            raise TimeoutError("the floors could not be settled in time")
        return line.fit(min(amount, int(found.amounts[mine].sum())))

    def _binding_floor(self, line: Line, amount: int, below: list[Line]) -> str:
        """The floors that each alone, taken away, would leave the dossier more."""
        kept = self._bound_by_floors(line, amount, below)
        unmet = [place for place, left in enumerate(self.room.floors) if left > 0]
        alone = [
            place
            for place in unmet
            if self._bound_by_floors(line, amount, below, skip=place) > kept
        ]
        return ", ".join(self.problem.floors[place].named("floor") for place in alone or unmet)

    def _unmet_floor(self, line: Line) -> str | None:
        for rule, left in zip(self.problem.floors, self.room.floors, strict=True):
            if left > 0 and rule.covers(line):
                return rule.named("floor")
        return None

    @staticmethod
    def _is_floor(because: str | None) -> bool:
        return because is not None and because.startswith("floor ")

    def _pay(self, line: Line, amount: int, because: str | None) -> None:
        self.awards.append(Award(line.id, amount, amount == line.asked, because))
        self.room = self.room.after(self.problem, line, amount)

    def _note_displaced(self, by: str) -> None:
        for line in self.reserve:
            self.displaced.setdefault(line.id, by)

    def _tied(self, waiting: list[Line]) -> list[Line]:
        if self.problem.ties != "score":
            return waiting[:1]
        return list(takewhile(lambda line: line.score == waiting[0].score, waiting))

    def _crosses_the_line(self, tied: list[Line], waiting: list[Line]) -> bool:
        """Whether the envelope or the number of awards gives out among these equals."""
        trial = _Descent(self.problem)
        trial.room = self.room
        for place, line in enumerate(tied):
            trial._take(line, waiting[place + 1 :])
        return trial.stopped

    def _settle_ties(self, tied: list[Line], below: list[Line]) -> None:
        open_to_all = [line for line in tied if not self._forbidden(line)]
        amounts = best_of_ties(self.problem, self.room, open_to_all, below)
        passed: list[Line] = []
        for line in tied:
            amount = amounts.get(line.id, 0)
            if line not in open_to_all or self._taken(line):
                self.refused.append(Refusal(line.id, str(self._bound(line)[1])))
            elif amount:
                self._pay(line, amount, _why_less(line, amount))
                self.displaced.update((one.id, TIED) for one in passed)
            else:
                passed.append(line)
        self.reserve.extend(passed)
        self.stopped = True

    def _forbidden(self, line: Line) -> bool:
        bound, because = self._bound(line)
        return not line.fit(bound) and because not in LINE

    def _taken(self, line: Line) -> bool:
        return line.group is not None and line.group in self.room.groups

    def _result(self) -> Allocation:
        spent = sum(award.amount for award in self.awards)
        rank = {line.id: place for place, line in enumerate(self.problem.lines)}
        return Allocation(
            mode="rank",
            awards=tuple(self.awards),
            reserve=tuple(sorted((line.id for line in self.reserve), key=rank.__getitem__)),
            refused=tuple(self.refused),
            spent=spent,
            left=self.problem.envelope - spent,
            optimal=True,
            displaced=tuple(
                Displaced(name, self.displaced[name])
                for name in sorted(self.displaced, key=rank.__getitem__)
            ),
        )


def _own_limit(line: Line, amount: int) -> str:
    """What in the dossier itself keeps it from its ask."""
    return AID_CEILING if amount == line.payable else OPTIONS


def _why_less(line: Line, amount: int) -> str | None:
    if amount == line.asked:
        return None
    return _own_limit(line, amount) if amount == line.fit(line.payable) else ENVELOPE
