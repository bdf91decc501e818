"""The published rules of a call, or those of a scenario, applied to its ranked dossiers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from grants.decisions.allocation import allocate
from grants.decisions.problem import Allocation, Conflict, Line, Payment, Problem, Rule
from grants.decisions.proposing import Row, cents, outcomes
from grants.decisions.reasons import why_award, why_not, why_nothing

NOTHING = Decimal(0)
# A dossier these rules forbid waits for no later money.
BARRING = frozenset({"one award per group", "State-aid ceiling"})


@dataclass(frozen=True)
class Rules:
    """`mode` as the call publishes it; amounts in cents; `envelope` only where one is imagined."""

    mode: str = "rank"
    floors: tuple[Rule, ...] = ()
    caps: tuple[Rule, ...] = ()
    max_awards: int | None = None
    grey: bool = False
    seed: str | None = None
    shares: tuple[tuple[str, int], ...] = ()
    envelope: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "mode": self.mode,
            "floors": [[[list(pair) for pair in rule.of], rule.amount] for rule in self.floors],
            "caps": [[[list(pair) for pair in rule.of], rule.amount] for rule in self.caps],
            "max_awards": self.max_awards,
            "grey": self.grey,
            "seed": self.seed,
            "shares": [list(one) for one in self.shares],
            "envelope": self.envelope,
        }


def rules_from(stored: Mapping[str, Any]) -> Rules:
    """The rules a scenario kept."""
    return Rules(
        mode=stored["mode"],
        floors=bounds_from(stored["floors"]),
        caps=bounds_from(stored["caps"]),
        max_awards=stored["max_awards"],
        grey=stored["grey"],
        seed=stored["seed"],
        shares=tuple((year, part) for year, part in stored["shares"]),
        envelope=stored["envelope"],
    )


def bounds_from(rows: Sequence[Any]) -> tuple[Rule, ...]:
    return tuple(Rule(tuple((k, v) for k, v in of), amount) for of, amount in rows)


@dataclass(frozen=True)
class Shared:
    """What the rules give each dossier, in rank order, and why; `conflict` names the rules that
    could not be kept together and were left out."""

    columns: list[dict[str, Any]]
    conflict: tuple[str, ...]
    optimal: bool

    @property
    def amounts(self) -> list[Decimal]:
        return [one["amount"] for one in self.columns]


def share(
    rows: Sequence[Row],
    left: Decimal,
    rules: Rules,
    *,
    payments: tuple[Payment, ...] = (),
    pins: Mapping[int, Decimal] | None = None,
) -> Shared:
    """Apply the rules; those that contradict each other are named and left out together."""
    problem = problem_of(rows, left, rules, payments=payments, pins=pins or {})
    answer = allocate(problem)
    conflict: tuple[str, ...] = ()
    if isinstance(answer, Conflict):
        conflict = answer.names
        lines = tuple(replace(line, decided=None) for line in problem.lines)
        answer = allocate(replace(problem, floors=(), lines=lines))
    if isinstance(answer, Conflict):
        raise ArithmeticError("without floors nothing can contradict itself")
    return Shared(columns_of(rows, answer, rules), conflict, answer.optimal)


def problem_of(
    rows: Sequence[Row],
    left: Decimal,
    rules: Rules,
    *,
    payments: tuple[Payment, ...],
    pins: Mapping[int, Decimal],
) -> Problem:
    lines = [line_of(row, rules, pins.get(row.dossier_id)) for row in rows if is_open(row)]
    bound = rules.mode != "rank"
    ties = {True: "grey", False: "score"}[rules.grey] if rules.mode == "ties" else "none"
    envelope = max(cents(left), 0)
    return Problem(
        envelope=envelope if rules.envelope is None else min(envelope, rules.envelope),
        lines=tuple(lines),
        mode="portfolio" if rules.mode == "portfolio" else "rank",
        floors=rules.floors if bound else (),
        caps=rules.caps if bound else (),
        max_awards=rules.max_awards,
        ties=ties,
        payments=payments,
        seed=rules.seed,
    )


def is_open(row: Row) -> bool:
    return row.passes and row.ceiling.amount > 0


def line_of(row: Row, rules: Rules, pin: Decimal | None) -> Line:
    ceiling = cents(row.ceiling.amount)
    return Line(
        id=row.reference,
        asked=ceiling if pin is None else max(ceiling, cents(pin)),
        minimum=min(cents(row.minimum), ceiling),
        score=float(row.score),
        theme=row.theme or None,
        department=row.department or None,
        group=row.group,
        zone=row.zone or None,
        decided=None if pin is None else cents(pin),
        shares=rules.shares,
    )


def columns_of(rows: Sequence[Row], answer: Allocation, rules: Rules) -> list[dict[str, Any]]:
    """The columns of every decision: outcome, amount, rank on the reserve, and the rule."""
    awards = {award.id: award for award in answer.awards}
    refused = {one.id: one.because for one in answer.refused}
    displaced = {one.id: one.by for one in answer.displaced}
    amounts = [
        Decimal(awards[row.reference].amount) / 100 if row.reference in awards else NOTHING
        for row in rows
    ]
    barred = {row.dossier_id for row in rows if refused.get(row.reference) in BARRING}
    barred |= {row.dossier_id for row in rows if row.passes and not is_open(row)}
    found = []
    for row, columns in zip(rows, outcomes(rows, amounts, barred), strict=True):
        award = awards.get(row.reference)
        named = refused.get(row.reference) or displaced.get(row.reference)
        if award is not None:
            told = why_award(row, award.because, portfolio=rules.mode == "portfolio")
        elif named:
            told = why_not(named)
        else:
            told = why_nothing(row)
        found.append({**columns, "rule": told[:250], "by_rule": named is not None})
    return found
