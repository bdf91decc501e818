"""One entry to the engine: judge a company and its project on a day, with reasons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from grants.eligibility.age import check_age
from grants.eligibility.caps import Caps, Regime, check_caps, default_caps
from grants.eligibility.ceiling import Ceiling, ceiling_of
from grants.eligibility.cumulation import check_cumulation, check_start
from grants.eligibility.deminimis import check_de_minimis
from grants.eligibility.difficulty import check_difficulty
from grants.eligibility.facts import AidForm, Company, Project
from grants.eligibility.findings import Finding, Outcome
from grants.eligibility.gber import check_article_22, check_article_25
from grants.eligibility.jei import check_statuses
from grants.eligibility.rules import RULES, RuleBook
from grants.eligibility.size import check_size
from grants.eligibility.territory import check_active, check_department, check_establishment
from grants.eligibility.wording import listing, typeset

REGIME_NAMES = {
    Regime.DE_MINIMIS: "de minimis",
    Regime.GBER_22: "article 22 du RGEC",
    Regime.GBER_25: "article 25 du RGEC",
}


@dataclass(frozen=True)
class Verdict:
    """`eligible` is None while a fact that could block is missing."""

    on: date
    eligible: bool | None
    form: AidForm | None
    ceiling: Ceiling
    findings: tuple[Finding, ...]

    def finding(self, rule: str) -> Finding:
        return next(found for found in self.findings if found.rule == rule)

    @property
    def obstacles(self) -> list[Finding]:
        return [f for f in self.findings if f.blocking and f.outcome == Outcome.NOT_MET]

    @property
    def missing(self) -> list[str]:
        """Paths of the facts that keep the verdict open."""
        paths = [path for f in self.findings if f.blocking for path in f.missing]
        return list(dict.fromkeys(paths))

    def as_json(self) -> dict[str, Any]:
        """Plain values in a fixed order; amounts as decimal text."""
        return {
            "on": self.on.isoformat(),
            "eligible": self.eligible,
            "form": None if self.form is None else str(self.form),
            "ceiling": self.ceiling.as_json(),
            "missing": self.missing,
            "findings": [found.as_json() for found in self.findings],
        }


def judge(
    company: Company,
    project: Project,
    *,
    on: date,
    rules: RuleBook = RULES,
    caps: Caps | None = None,
) -> Verdict:
    """Every rule, applied on the day `on`; the caps of the call default to the scheme's."""
    caps = caps or default_caps(rules, on)
    regimes, room = check_regimes(company, project, caps, rules, on)
    findings = (
        check_establishment(company),
        check_active(company),
        check_department(company),
        check_age(company, caps, on=on),
        *check_size(company, rules, on=on),
        check_difficulty(company, caps, rules, on=on),
        *check_caps(project, caps),
        check_start(project, on=on),
        *regimes,
        check_cumulation(company, project, rules, on=on),
        *check_statuses(company, rules, on=on),
    )
    return Verdict(
        on=on,
        eligible=_eligible(findings),
        form=project.form,
        ceiling=ceiling_of(project, caps, findings, room),
        findings=findings,
    )


def check_regimes(
    company: Company, project: Project, caps: Caps, rules: RuleBook, on: date
) -> tuple[list[Finding], Decimal | None]:
    """All three bases are shown; only those the call rests on can block, and one open is enough."""
    answers = {
        Regime.DE_MINIMIS: check_de_minimis(company, project, rules, on=on),
        Regime.GBER_22: check_article_22(company, project, rules, on=on),
        Regime.GBER_25: check_article_25(company, project, rules, on=on),
    }
    if len(caps.regimes) == 1:
        only = caps.regimes[0]
        finding, room = answers[only]
        answers[only] = (replace(finding, blocking=True), room)
        return [finding for finding, _ in answers.values()], room
    chosen = [answers[regime] for regime in caps.regimes]
    summary = _one_open([finding for finding, _ in chosen], caps)
    return [*(finding for finding, _ in answers.values()), summary], _widest(chosen)


def _one_open(chosen: Sequence[Finding], caps: Caps) -> Finding:
    best = min(chosen, key=lambda found: ORDER.index(found.outcome))
    names = listing([REGIME_NAMES[regime] for regime in caps.regimes])
    sentence = {
        Outcome.MET: f"Base d’aide d’État ouverte : {best.sentence}",
        Outcome.NOT_MET: f"Aucune base d’aide d’État ne convient parmi : {names}.",
    }.get(best.outcome, f"Base d’aide d’État à confirmer : {best.sentence}")
    return replace(
        best,
        rule="state_aid",
        sentence=typeset(sentence),
        inputs={str(found.rule): str(found.outcome) for found in chosen},
        threshold=None,
        blocking=True,
    )


# From the most to the least favourable: an unverified rule leaves a base open, with a warning.
ORDER = [Outcome.MET, Outcome.WARNING, Outcome.UNKNOWN, Outcome.NOT_MET]


def _widest(chosen: Sequence[tuple[Finding, Decimal | None]]) -> Decimal | None:
    rooms = [room for found, room in chosen if found.outcome != Outcome.NOT_MET]
    if not rooms:
        rooms = [room for _, room in chosen]
    known = [room for room in rooms if room is not None]
    return max(known) if known and len(known) == len(rooms) else None


def _eligible(findings: Sequence[Finding]) -> bool | None:
    outcomes = {found.outcome for found in findings if found.blocking}
    if Outcome.NOT_MET in outcomes:
        return False
    return None if Outcome.UNKNOWN in outcomes else True
