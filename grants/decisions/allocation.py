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
from copy import copy
from itertools import takewhile

from grants.decisions.conflict import conflict_of
from grants.decisions.floors import Floors, solved
from grants.decisions.portfolio import best_portfolio
from grants.decisions.problem import (
    AID_CEILING,
    DECIDED,
    GREY,
    OPTIONS,
    Allocation,
    Award,
    Conflict,
    Displaced,
    Line,
    Problem,
    Refusal,
)
from grants.decisions.room import decided, whole_room
from grants.decisions.ties import best_of_ties

ENVELOPE = "envelope"
ONE_PER_GROUP = "one award per group"
MOST_AWARDS = "max_awards"
TIED = "ties score"
TIED_GREY = "ties grey"
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
        self.floors = Floors(problem)
        self.stopped = False
        self.awards: list[Award] = []
        self.refused: list[Refusal] = []
        self.reserve: list[Line] = []
        self.displaced: dict[str, str] = {}

    def run(self) -> Allocation:
        for line in decided(self.problem.lines):
            self._settle(line, line.decided or 0)
        waiting = [line for line in self.problem.lines if line.decided is None]
        while waiting:
            tied = self._tied(waiting)
            if len(tied) == 1 or self.stopped:
                self.take(waiting.pop(0), waiting)
                continue
            names = {line.id for line in tied}
            below = [line for line in waiting if line.id not in names]
            trial = self._tried(tied, below)
            if trial.stopped:
                self._settle_ties(tied, below)
                waiting = below
            elif self.problem.ties == GREY:
                self.take(waiting.pop(0), waiting)
            else:
                self.__dict__.update(trial.__dict__)
                waiting = below
        return self._result()

    def _settle(self, line: Line, amount: int) -> None:
        """What was decided before: its room is taken already."""
        if amount:
            self.awards.append(Award(line.id, amount, amount == line.asked, DECIDED))
        else:
            self.refused.append(Refusal(line.id, DECIDED))

    def take(self, line: Line, below: list[Line]) -> None:
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
            self.stopped = _draws_the_line(because)
        elif _draws_the_line(because):
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
        if amount and self.room.wants:
            kept = self.floors.most(self.room, line, amount, below)
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
        lasts: list[tuple[int, str | None]] = [
            (max(left, 0) // line.share(payment.year), payment.name)
            for payment, left in zip(self.problem.payments, self.room.payments, strict=True)
            if line.share(payment.year)
        ]
        shortest = [*limits, (self.room.envelope, ENVELOPE), *lasts]
        return min(shortest, key=lambda limit: limit[0])

    def _binding_floor(self, line: Line, amount: int, below: list[Line]) -> str:
        """The floors that each alone, taken away, would leave the dossier more."""
        ask = (self.problem, self.room, line, amount, below)
        kept = solved(*ask)
        unmet = [place for place, left in enumerate(self.room.floors) if left > 0]
        alone = [place for place in unmet if solved(*ask, skip=place) > kept]
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
        before, self.room = self.room, self.room.after(self.problem, line, amount)
        self.floors.paid(before, self.room, line, amount)

    def _note_displaced(self, by: str) -> None:
        for line in self.reserve:
            self.displaced.setdefault(line.id, by)

    def _tied(self, waiting: list[Line]) -> list[Line]:
        if self.problem.ties == "none":
            return waiting[:1]
        if self.problem.ties == GREY:
            grey = [line for line in waiting if line.zone == GREY]
            return grey if waiting[0].zone == GREY else waiting[:1]
        return list(takewhile(lambda line: line.score == waiting[0].score, waiting))

    def _tried(self, tied: list[Line], below: list[Line]) -> "_Descent":
        """The walk past these equals; stopped when the money or the places give out among them."""
        trial = copy(self)
        trial.floors = self.floors.copy()
        trial.awards, trial.refused = list(self.awards), list(self.refused)
        trial.reserve, trial.displaced = list(self.reserve), dict(self.displaced)
        for place, line in enumerate(tied):
            trial.take(line, [*tied[place + 1 :], *below])
        return trial

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
                tied_by = TIED if self.problem.ties == "score" else TIED_GREY
                self.displaced.update((one.id, tied_by) for one in passed)
            else:
                passed.append(line)
        self.reserve.extend(passed)
        self.stopped = True
        self.floors.witness = None

    def _forbidden(self, line: Line) -> bool:
        bound, because = self._bound(line)
        return not line.fit(bound) and not _draws_the_line(because)

    def _taken(self, line: Line) -> bool:
        return line.group is not None and line.group in self.room.groups

    def _result(self) -> Allocation:
        spent = sum(award.amount for award in self.awards)
        rank = {line.id: place for place, line in enumerate(self.problem.lines)}
        return Allocation(
            mode="rank",
            awards=tuple(sorted(self.awards, key=lambda award: rank[award.id])),
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


def _draws_the_line(because: str | None) -> bool:
    """Money or places that give out for everybody, not for one dossier alone."""
    return because in LINE or (because is not None and because.startswith("payments "))


def _own_limit(line: Line, amount: int) -> str:
    """What in the dossier itself keeps it from its ask."""
    return AID_CEILING if amount == line.payable else OPTIONS


def _why_less(line: Line, amount: int) -> str | None:
    if amount == line.asked:
        return None
    return _own_limit(line, amount) if amount == line.fit(line.payable) else ENVELOPE
