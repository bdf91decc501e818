"""What would change the answer: one fact moved until the engine itself says otherwise.

No rule is written here a second time. A lever names a fact and a direction; the nearest value that
lifts an obstacle is searched by judging again, and every change carries the verdict it leads to.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from math import ceil, floor
from typing import Any

from grants.eligibility.caps import Caps
from grants.eligibility.facts import Company, Project, Stage
from grants.eligibility.findings import Outcome
from grants.eligibility.rules import RULES, RuleBook
from grants.eligibility.spans import years_after
from grants.eligibility.territory import DEPARTMENTS
from grants.eligibility.verdict import Verdict, judge
from grants.eligibility.wording import day, euros, number, percent, typeset

FARTHEST = 10_000_000  # euros: no aid of the scheme needs a larger base or equity
YEARS_AHEAD = 10
STAGES = {
    Stage.MVP: "premier produit testé par des clients",
    Stage.PRE_SERIES: "préséries et pré-industrialisation",
    Stage.LAUNCH: "lancement commercial",
}


@dataclass(frozen=True)
class Case:
    """Everything a verdict depends on."""

    company: Company
    project: Project
    on: date
    caps: Caps | None = None
    rules: RuleBook = RULES

    def judged(self) -> Verdict:
        return judge(self.company, self.project, on=self.on, caps=self.caps, rules=self.rules)

    def value(self, fact: str) -> Any:
        where, name = fact.split(".")
        return getattr(getattr(self, where), name)

    def having(self, fact: str, value: Any) -> "Case":
        if fact == "on":
            return replace(self, on=value)
        where, name = fact.split(".")
        return replace(self, **{where: replace(getattr(self, where), **{name: value})})


@dataclass(frozen=True)
class Change:
    """`rule` is the obstacle it lifts; `enough` when no other obstacle is left."""

    rule: str
    fact: str
    value: Any
    sentence: str
    verdict: Verdict

    @property
    def enough(self) -> bool:
        return not self.verdict.obstacles


@dataclass(frozen=True)
class Changes:
    """`hopeless` are the obstacles nothing here can lift; `together` when all the first ones do."""

    single: tuple[Change, ...]
    hopeless: tuple[str, ...]
    together: Verdict | None = None


def changes_of(case: Case) -> Changes:
    """For each obstacle, the smallest change of each fact that lifts it."""
    obstacles = [found.rule for found in case.judged().obstacles]
    single = tuple(change for rule in obstacles for change in lifting(case, rule))
    lifted = {change.rule for change in single}
    hopeless = tuple(rule for rule in obstacles if rule not in lifted)
    return Changes(single, hopeless, all_at_once(case, single) if len(lifted) > 1 else None)


def all_at_once(case: Case, single: tuple[Change, ...]) -> Verdict:
    """The first change of each obstacle, applied together and judged again."""
    first: dict[str, Change] = {}
    for change in single:
        first.setdefault(change.rule, change)
    for change in first.values():
        case = case.having(change.fact, change.value)
    return case.judged()


def last_day(case: Case) -> date | None:
    """The last day this case is not refused; None when it is now, or when no day ends it soon."""
    if case.judged().obstacles:
        return None
    end = years_after(case.on, YEARS_AHEAD)
    days = (end - case.on).days
    first_bad = nearest(
        lambda n: bool(case.having("on", case.on + timedelta(days=n)).judged().obstacles), 1, days
    )
    return None if first_bad is None else case.on + timedelta(days=first_bad - 1)


def lifting(case: Case, rule: str) -> Iterator[Change]:
    for fact, sentence, nearest_that in levers(case):
        value = nearest_that(partial(lifts, case, rule, fact))
        if value is not None:
            after = case.having(fact, value)
            yield Change(rule, fact, value, typeset(sentence(value)), after.judged())


def lifts(case: Case, rule: str, fact: str, value: Any) -> bool:
    findings = case.having(fact, value).judged().findings
    found = next((one for one in findings if one.rule == rule), None)
    return found is None or found.outcome != Outcome.NOT_MET


Test = Callable[[Any], bool]
Lever = tuple[str, Callable[[Any], str], Callable[[Test], Any]]


def levers(case: Case) -> Iterator[Lever]:
    """Every fact people can do something about, when it is known."""
    for fact, wording, sign, unit in AMOUNTS:
        present = case.value(fact)
        if present is not None:
            yield fact, wording_of(wording, case), moving(present, sign, unit)
    for fact, sentence, choices in CHOICES:
        present = case.value(fact)
        if present is not None:
            yield fact, sentence, partial(first_of, [one for one in choices if one != present])
    yield "on", waiting_until, partial(first_of, waiting_days(case))


def first_of(values: list[Any], test: Test) -> Any:
    return next(filter(test, values), None)


def waiting_until(value: date) -> str:
    return f"Déposer à partir du {day(value)}."


def wording_of(sentence: Callable[[Any, Case], str], case: Case) -> Callable[[Any], str]:
    return lambda value: sentence(value, case)


def moving(present: Decimal | int, sign: int, unit: Callable[[int], Any]) -> Callable[[Test], Any]:
    """The whole value nearest to the present one that passes the test."""
    start = floor(present) if sign < 0 else ceil(present)
    reach = start if sign < 0 else max(FARTHEST - start, 0)

    def found(test: Test) -> Any:
        step = nearest(lambda n: test(unit(start + sign * n)), 0, reach)
        return None if step is None else unit(start + sign * step)

    return found


def nearest(test: Callable[[int], bool], low: int, high: int) -> int | None:
    """The smallest n of low…high that passes, for a test that stays true once it is."""
    if high < low or not test(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if test(middle) else (middle + 1, high)
    return low


def waiting_days(case: Case) -> list[date]:
    """An aid of the past leaves the three years; one told as of today has no known date."""
    aids = case.company.de_minimis or ()
    return sorted({years_after(aid.granted_on, 3) for aid in aids if aid.granted_on < case.on})


def of_capital(value: Decimal, case: Case) -> str:
    capital = case.company.capital
    share = "" if not capital else f", soit {percent(value / capital)} du capital souscrit"
    return f"Porter les capitaux propres à {euros(value)} au moins{share}."


AMOUNTS: list[tuple[str, Callable[[Any, Case], str], int, Callable[[int], Any]]] = [
    ("project.requested", lambda v, _: f"Demander {euros(v)} au plus.", -1, Decimal),
    (
        "project.eligible_base",
        lambda v, _: f"Présenter au moins {euros(v)} de dépenses éligibles.",
        1,
        Decimal,
    ),
    ("project.duration_months", lambda v, _: f"Tenir le projet en {v} mois.", -1, int),
    (
        "company.headcount",
        lambda v, _: f"Compter {number(v)} salariés au plus, groupe compris.",
        -1,
        Decimal,
    ),
    ("company.turnover", lambda v, _: f"Un chiffre d’affaires de {euros(v)} au plus.", -1, Decimal),
    ("company.equity", of_capital, 1, Decimal),
]
CHOICES: list[tuple[str, Callable[[Any], str], list[Any]]] = [
    ("project.stage", lambda v: f"Présenter le projet à un autre stade : {STAGES[v]}.", [*STAGES]),
    (
        "company.department",
        lambda _: "Mener le projet dans un établissement situé en Occitanie.",
        [*DEPARTMENTS],
    ),
    ("company.in_insolvency", lambda _: "La fin de la procédure collective.", [False]),
    (
        "company.unpaid_rescue_aid",
        lambda _: "Le remboursement de l’aide au sauvetage.",
        [False],
    ),
    ("company.active", lambda _: "Indiquer un établissement en activité.", [True]),
]
