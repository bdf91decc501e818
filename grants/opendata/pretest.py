"""The quick eligibility test: a few answers in, the engine's verdict out. Nothing is kept."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from grants.dossiers.verdict_inputs import STAGES, caps_of
from grants.eligibility.facts import Company, DeMinimisAid, Project, Stage
from grants.eligibility.findings import Outcome
from grants.eligibility.verdict import Verdict, judge

ELSEWHERE = "00"


@dataclass(frozen=True)
class Answer:
    """The findings in the order people need them."""

    verdict: Verdict

    @property
    def mood(self):
        if self.verdict.eligible is False:
            # Above zero, a smaller amount is all it takes.
            return "too_much" if self.verdict.ceiling.amount else "refused"
        return "eligible" if self.verdict.eligible else "check"

    @property
    def open_points(self):
        """Without these facts the verdict stays open."""
        return self._found(Outcome.UNKNOWN, blocking=True)

    @property
    def warnings(self):
        return self._found(Outcome.WARNING)

    @property
    def met(self):
        return self._found(Outcome.MET)

    @property
    def beside(self):
        """What this short test leaves to the dossier and cannot decide here."""
        return [
            found
            for found in self.verdict.findings
            if not found.blocking and found.outcome in {Outcome.UNKNOWN, Outcome.NOT_MET}
        ]

    def _found(self, outcome, *, blocking=None):
        return [
            found
            for found in self.verdict.findings
            if found.outcome == outcome and blocking in {None, found.blocking}
        ]


def judge_answers(told, *, call, on):
    verdict = judge(
        company_of(told, on),
        project_of(told),
        on=on,
        caps=None if call is None else caps_of(call),
    )
    return Answer(say_elsewhere(verdict) if told["department"] == ELSEWHERE else verdict)


def say_elsewhere(verdict):
    """“Another department” has no number to be quoted with."""
    sentence = _("L’établissement qui mène le projet n’est pas en Occitanie.")
    before = verdict.finding("department")
    findings = [replace(f, sentence=sentence) if f is before else f for f in verdict.findings]
    ceiling = verdict.ceiling
    if ceiling.rule == before.rule:
        ceiling = replace(ceiling, sentence=sentence)
    return replace(verdict, findings=tuple(findings), ceiling=ceiling)


def company_of(told, on):
    alone = () if told["alone"] == "yes" else None
    return Company(
        created_on=told["created_on"],
        department=told["department"] or None,
        headcount=decimal(told["headcount"]),
        turnover=told["turnover"],
        balance_sheet=told["balance_sheet"],
        linked=alone,
        partners=alone,
        in_insolvency={"yes": True, "no": False}.get(told["insolvency"]),
        de_minimis=aids_of(told["de_minimis"], on),
    )


def aids_of(total, on):
    """One total stands for the three years: dated today, it counts whole."""
    if total is None:
        return None
    return (DeMinimisAid(granted_on=on, amount=total),) if total else ()


def project_of(told):
    stage = STAGES.get(told["stage"])
    return Project(
        stage=stage,
        eligible_base=told["eligible_base"],
        requested=told["requested"],
        gross_grant_equivalent=told["requested"] if stage == Stage.MVP else None,
        duration_months=told["duration_months"],
    )


def decimal(value):
    return None if value is None else Decimal(value)
