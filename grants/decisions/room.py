"""What is left of every limit while dossiers are being paid, in cents."""

from collections.abc import Iterable
from dataclasses import dataclass

from grants.decisions.problem import Line, Problem


@dataclass(frozen=True)
class Room:
    """Envelope, caps, floors and payments in the order of the problem's; payments in cents times
    ten thousand, so that a share of an amount is a whole number."""

    envelope: int
    caps: tuple[int, ...]
    floors: tuple[int, ...]
    awards: int | None
    groups: frozenset[str] = frozenset()
    payments: tuple[int, ...] = ()

    def after(self, problem: Problem, line: Line, amount: int) -> "Room":
        """The room once this dossier has been paid."""
        return Room(
            envelope=self.envelope - amount,
            caps=tuple(
                left - amount * rule.covers(line)
                for rule, left in zip(problem.caps, self.caps, strict=True)
            ),
            floors=tuple(
                left - amount * rule.covers(line)
                for rule, left in zip(problem.floors, self.floors, strict=True)
            ),
            awards=None if self.awards is None else self.awards - 1,
            groups=self.groups if line.group is None else self.groups | {line.group},
            payments=tuple(
                left - amount * line.share(payment.year)
                for payment, left in zip(problem.payments, self.payments, strict=True)
            ),
        )

    @property
    def wants(self) -> bool:
        """Whether a floor is still to be met."""
        return any(left > 0 for left in self.floors)


def whole_room(problem: Problem) -> Room:
    """Nothing paid yet but what was decided before."""
    room = Room(
        envelope=problem.envelope,
        caps=tuple(rule.amount for rule in problem.caps),
        floors=tuple(rule.amount for rule in problem.floors),
        awards=problem.max_awards,
        payments=tuple(payment.amount * 10_000 for payment in problem.payments),
    )
    for line in decided(problem.lines):
        if line.decided:
            room = room.after(problem, line, line.decided)
    return room


def decided(lines: Iterable[Line]) -> list[Line]:
    """Those whose amount was settled before, nothing included."""
    return [line for line in lines if line.decided is not None]
