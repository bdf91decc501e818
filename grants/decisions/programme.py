"""The allocation as a mixed-integer programme: what can still be paid, under all rules at once.

A column is one way to pay one dossier: an amount between `low` and `high`, chosen or not. Amounts
are divided by their greatest common divisor, so that the solver adds small whole numbers. Where
every column has one amount, the amounts are folded into the choices. What the solver answers in
floating point is rounded and held against every rule in whole numbers; an answer that breaks one
is cut off and asked again.
"""

from dataclasses import dataclass
from math import ceil, gcd, inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grants.core.late import optimize, sparse
from grants.decisions.problem import Line, Problem
from grants.decisions.room import Room

Floats = NDArray[np.float64]
Row = tuple[dict[int, int], float, float]
MOST_CUTS = 40


@dataclass(frozen=True)
class Column:
    """Pay `line` an amount from `low` to `high`, in cents."""

    line: Line
    low: int
    high: int
    value: float = 0.0


@dataclass(frozen=True)
class Solution:
    """For each column: chosen or not, and the amount in cents."""

    chosen: NDArray[np.int64]
    amounts: NDArray[np.int64]
    proven: bool


def columns_of(line: Line, *, whole: bool = False) -> list[Column]:
    """Every way to pay a dossier: its options, or any amount from the minimum up.

    With `whole`, all that may be paid or nothing, instead of any amount. A dossier decided already
    has none.
    """
    if line.decided is not None:
        return []
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
        self.fixed = all(one.low == one.high for one in self.columns)
        self.unit = _unit(problem, room, self.columns, fixed=self.fixed)
        self.rows: list[Row] = []
        self.least = np.zeros(self.size)
        self.most = np.ones(self.size)
        if not self.fixed:
            self._tie_amounts_to_choices()
        self._one_award_per_line_and_group()
        self._keep_within(problem, room)

    def _keep_within(self, problem: Problem, room: Room) -> None:
        everything = [1] * self.size
        self.sum_amounts(everything, most=room.envelope)
        for rule, left in zip(problem.caps, room.caps, strict=True):
            self.sum_amounts([rule.covers(one.line) for one in self.columns], most=left)
        for rule, left in zip(problem.floors, room.floors, strict=True):
            if left > 0:
                self.sum_amounts([rule.covers(one.line) for one in self.columns], least=left)
        for payment, left in zip(problem.payments, room.payments, strict=True):
            shares = [one.line.share(payment.year) for one in self.columns]
            self.sum_amounts(shares, most=left)
        if room.awards is not None:
            self.add(dict.fromkeys(range(self.size), 1), -inf, room.awards)

    def add(self, coefficients: dict[int, int], low: float, high: float) -> None:
        """One more row, variables by their place."""
        self.rows.append((self._folded(coefficients), low, high))

    def _folded(self, coefficients: dict[int, int]) -> dict[int, int]:
        if not self.fixed:
            return coefficients
        found: dict[int, int] = {}
        for place, factor in coefficients.items():
            if place >= self.size:
                factor *= self.columns[place - self.size].high // self.unit
            found[place % self.size] = found.get(place % self.size, 0) + factor
        return found

    def sum_amounts(
        self, counted: list[bool] | list[int], *, least: float = -inf, most: float = inf
    ) -> None:
        """Bound the sum of the amounts of the counted columns, in cents (times their factor)."""
        places = {self.size + place: int(times) for place, times in enumerate(counted) if times}
        low = -inf if least == -inf else ceil(int(least) / self.unit)
        high = inf if most == inf else int(most) // self.unit
        self.add(places, low, high)

    def fix(self, place: int, value: int) -> None:
        """Settle one choice for every later solve."""
        self.least[place] = self.most[place] = value

    def solve(self, gain: Floats, *, seconds: float = 60.0) -> Solution | None:
        """The solution of greatest gain (per variable); None when the rules cannot be kept."""
        if not self.size:
            possible = all(low <= 0 <= high for _, low, high in self.rows)
            nothing = np.zeros(0, dtype=np.int64)
            return Solution(nothing, nothing, True) if possible else None
        for _attempt in range(MOST_CUTS):
            found = self._ask(gain, self.least, self.most, seconds)
            if found is None:
                return None
            broken = self._broken(found)
            if broken is not None and not self.fixed:
                same = found.chosen.astype(np.float64)
                again = self._ask(gain, same, same, seconds)
                found, broken = (again, self._broken(again)) if again else (found, broken)
            if broken is None:
                return found
            self._cut_off(found, broken)
        raise TimeoutError("the rules could not be settled to the cent")

    def reachable(self, gain: Floats, reached: int) -> list[bool]:
        """The columns whose choice is not the same in every solution of this gain."""
        if not self.size:
            return []
        within, _, bounds = self._matrix()
        upper = np.isfinite(bounds[1])
        lower = np.isfinite(bounds[0])
        solve: Any = optimize.linprog
        found = solve(
            -self._gain(gain),
            A_ub=sparse.vstack([within[np.flatnonzero(upper)], -within[np.flatnonzero(lower)]]),
            b_ub=np.concatenate([bounds[1][upper], -bounds[0][lower]]),
            bounds=np.column_stack([self.least, self.most]),
            method="highs",
        )
        if found.status != 0:
            return [True] * self.size
        spare = -found.fun - reached + 0.5 + 1e-6 * float(np.abs(gain).max(initial=1.0))
        kept_out = found.lower.marginals > spare
        kept_in = -found.upper.marginals > spare
        return [not (out or kept) for out, kept in zip(kept_out, kept_in, strict=True)]

    def _gain(self, gain: Floats) -> Floats:
        if not self.fixed:
            return gain
        amounts = np.array([one.high // self.unit for one in self.columns], dtype=float)
        return np.asarray(gain[: self.size] + gain[self.size :] * amounts)

    def _ask(self, gain: Floats, least: Floats, most: Floats, seconds: float) -> Solution | None:
        matrix, whole, (lows, highs) = self._matrix()
        if not self.fixed:
            tops = np.array([one.high / self.unit for one in self.columns])
            least = np.concatenate([least, np.zeros(self.size)])
            most = np.concatenate([most, tops])
        options: Any = {"mip_rel_gap": 0.0, "time_limit": seconds}
        found = optimize.milp(
            -self._gain(gain),
            integrality=whole,
            bounds=optimize.Bounds(least, most),
            constraints=optimize.LinearConstraint(matrix, lows, highs),
            options=options,
        )
        if found.x is None:
            if found.status == 1:
                raise TimeoutError("the solver found nothing in time")
            return None
        chosen = np.rint(found.x[: self.size]).astype(np.int64)
        return Solution(chosen, self._amounts(chosen, found.x), found.status == 0)

    def _amounts(self, chosen: NDArray[np.int64], values: Floats) -> NDArray[np.int64]:
        highs = np.array([one.high for one in self.columns], dtype=np.int64)
        if self.fixed:
            return chosen * highs
        lows = np.array([one.low for one in self.columns], dtype=np.int64)
        amounts = np.rint(values[self.size :]).astype(np.int64) * self.unit
        return chosen * np.clip(amounts, lows, highs)

    def _matrix(self) -> tuple[Any, NDArray[np.int64], tuple[Floats, Floats]]:
        width = self.size if self.fixed else 2 * self.size
        places = [place for row, _, _ in self.rows for place in row]
        values = [float(value) for row, _, _ in self.rows for value in row.values()]
        starts = np.concatenate([[0], np.cumsum([len(row) for row, _, _ in self.rows])])
        matrix: Any = sparse.csr_array((values, places, starts), shape=(len(self.rows), width))
        bounds = (
            np.array([low for _, low, _ in self.rows], dtype=float),
            np.array([high for _, _, high in self.rows], dtype=float),
        )
        return matrix, np.ones(width, dtype=np.int64), bounds

    def _broken(self, found: Solution) -> int | None:
        """The first row this answer does not keep, in whole numbers."""
        values = [int(one) for one in found.chosen]
        if not self.fixed:
            values += [int(one) // self.unit for one in found.amounts]
        for number, (row, low, high) in enumerate(self.rows):
            if not low <= sum(factor * values[place] for place, factor in row.items()) <= high:
                return number
        return None

    def _cut_off(self, found: Solution, broken: int) -> None:
        """Another choice must differ from this one in the broken row."""
        row, low, _high = self.rows[broken]
        chosen = [place for place in row if place < self.size and found.chosen[place]]
        if self.fixed and all(factor >= 0 for factor in row.values()):
            if sum(row[place] for place in chosen) < low:
                others = {place: 1 for place in row if not found.chosen[place]}
                self.rows.append((others, 1, inf))
                return
            # As many others, each at least as heavy as the heaviest of these, break it too.
            heaviest = max(row[place] for place in chosen)
            heavy = {place: 1 for place in row if row[place] >= heaviest}
            self.rows.append((heavy | dict.fromkeys(chosen, 1), -inf, len(chosen) - 1))
            return
        same = {place: 1 if found.chosen[place] else -1 for place in range(self.size)}
        self.rows.append((same, -inf, int(found.chosen.sum()) - 1))

    def _tie_amounts_to_choices(self) -> None:
        for place, one in enumerate(self.columns):
            amount = self.size + place
            self.add({amount: 1, place: -(one.high // self.unit)}, -inf, 0)
            self.add({amount: 1, place: -(one.low // self.unit)}, 0, inf)

    def _one_award_per_line_and_group(self) -> None:
        together: dict[tuple[str, str], dict[int, int]] = {}
        for place, one in enumerate(self.columns):
            together.setdefault(("line", one.line.id), {})[place] = 1
            if one.line.group is not None:
                together.setdefault(("group", one.line.group), {})[place] = 1
        for places in together.values():
            if len(places) > 1:
                self.add(places, -inf, 1)


def _unit(problem: Problem, room: Room, columns: list[Column], *, fixed: bool) -> int:
    amounts = [amount for one in columns for amount in (one.low, one.high)]
    if fixed:
        return max(gcd(*amounts), 1)
    if problem.payments:
        return 1
    return max(gcd(room.envelope, *room.caps, *room.floors, *amounts), 1)
