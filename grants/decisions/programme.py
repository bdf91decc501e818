"""The allocation as a mixed-integer programme: what can still be paid, under all rules at once.

A column is one way to pay one dossier: an amount between `low` and `high`, chosen or not. Amounts
are divided by their greatest common divisor, so that the solver adds small whole numbers.
"""

from dataclasses import dataclass
from math import gcd
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grants.core.late import optimize, sparse
from grants.decisions.problem import Line, Problem

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Column:
    """Pay `line` an amount from `low` to `high`, in cents."""

    line: Line
    low: int
    high: int
    value: float = 0.0


@dataclass(frozen=True)
class Room:
    """What is left, in cents: envelope, caps and floors in the order of the problem's."""

    envelope: int
    caps: tuple[int, ...]
    floors: tuple[int, ...]
    awards: int | None
    groups: frozenset[str] = frozenset()

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
        )


@dataclass(frozen=True)
class Solution:
    """For each column: chosen or not, and the amount in cents."""

    chosen: NDArray[np.int64]
    amounts: NDArray[np.int64]
    proven: bool


def whole_room(problem: Problem) -> Room:
    """Nothing paid yet."""
    return Room(
        envelope=problem.envelope,
        caps=tuple(rule.amount for rule in problem.caps),
        floors=tuple(rule.amount for rule in problem.floors),
        awards=problem.max_awards,
    )


def columns_of(line: Line, *, whole: bool = False) -> list[Column]:
    """Every way to pay a dossier: its options, or any amount from the minimum up.

    With `whole`, all that may be paid or nothing, instead of any amount.
    """
    if line.options is not None:
        return [
            Column(line, one.amount, one.amount, one.value)
            for one in line.options
            if line.fit(one.amount) == one.amount
        ]
    if not line.fit(line.payable):
        return []
    low = line.payable if whole or line.minimum is None else max(line.minimum, 1)
    return [Column(line, low, line.payable, line.score or 0.0)]


class Programme:
    """Rows over the variables (chosen for each column, then amount for each column)."""

    def __init__(self, problem: Problem, room: Room, columns: list[Column]) -> None:
        self.columns = [one for one in columns if one.line.group not in room.groups]
        self.size = len(self.columns)
        self.unit = _unit(problem, room, self.columns)
        self.rows: list[tuple[dict[int, float], float, float]] = []
        self._tie_amounts_to_choices()
        self._one_award_per_line_and_group()
        everything = [True] * self.size
        self.sum_amounts(everything, most=room.envelope)
        for rule, left in zip(problem.caps, room.caps, strict=True):
            self.sum_amounts([rule.covers(one.line) for one in self.columns], most=left)
        for rule, left in zip(problem.floors, room.floors, strict=True):
            if left > 0:
                self.sum_amounts([rule.covers(one.line) for one in self.columns], least=left)
        if room.awards is not None:
            self.add(dict.fromkeys(range(self.size), 1.0), -np.inf, room.awards)

    def add(self, coefficients: dict[int, float], low: float, high: float) -> None:
        """One more row, variables by their place."""
        self.rows.append((coefficients, low, high))

    def sum_amounts(
        self, counted: list[bool], *, least: float = -np.inf, most: float = np.inf
    ) -> None:
        """Bound the sum of the amounts of the counted columns, in cents."""
        places = {self.size + place: 1.0 for place, yes in enumerate(counted) if yes}
        self.add(places, least / self.unit, most / self.unit)

    def solve(self, gain: Floats, *, seconds: float = 60.0) -> Solution | None:
        """The solution of greatest gain (per variable); None when the rules cannot be kept."""
        if not self.size:
            possible = all(low <= 0 <= high for _, low, high in self.rows)
            nothing = np.zeros(0, dtype=np.int64)
            return Solution(nothing, nothing, True) if possible else None
        tops = [one.high / self.unit for one in self.columns]
        options: Any = {"mip_rel_gap": 0.0, "time_limit": seconds}
        found = optimize.milp(
            -gain,
            integrality=np.ones(2 * self.size, dtype=np.int64),
            bounds=optimize.Bounds(
                np.zeros(2 * self.size), np.concatenate([np.ones(self.size), tops])
            ),
            constraints=self._constraints(),
            options=options,
        )
        if found.x is None:
            if found.status == 1:
                raise TimeoutError("the solver found nothing in time")
            return None
        values = np.rint(found.x).astype(np.int64)
        return Solution(values[: self.size], values[self.size :] * self.unit, found.status == 0)

    def _constraints(self) -> Any:
        entries = [
            (row, place, value)
            for row, (coefficients, _, _) in enumerate(self.rows)
            for place, value in coefficients.items()
        ]
        rows, places, values = (list(part) for part in zip(*entries, strict=True))
        matrix: Any = sparse.csr_array(
            (values, (rows, places)), shape=(len(self.rows), 2 * self.size)
        )
        return optimize.LinearConstraint(
            matrix, [low for _, low, _ in self.rows], [high for _, _, high in self.rows]
        )

    def _tie_amounts_to_choices(self) -> None:
        for place, one in enumerate(self.columns):
            amount = self.size + place
            self.add({amount: 1.0, place: -one.high / self.unit}, -np.inf, 0)
            self.add({amount: 1.0, place: -one.low / self.unit}, 0, np.inf)

    def _one_award_per_line_and_group(self) -> None:
        together: dict[tuple[str, str], dict[int, float]] = {}
        for place, one in enumerate(self.columns):
            together.setdefault(("line", one.line.id), {})[place] = 1.0
            if one.line.group is not None:
                together.setdefault(("group", one.line.group), {})[place] = 1.0
        for places in together.values():
            if len(places) > 1:
                self.add(places, -np.inf, 1)


def _unit(problem: Problem, room: Room, columns: list[Column]) -> int:
    amounts = [amount for one in columns for amount in (one.low, one.high)]
    return max(gcd(room.envelope, *room.caps, *room.floors, *amounts), 1)
