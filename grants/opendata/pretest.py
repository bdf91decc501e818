"""The quick eligibility test: a SIRET and six answers in, a verdict out. Nothing is kept.

Answers given as a class (a size, a financial situation) are handed to the engine as the numbers at
the edge of that class; the sentences then name the class and not those numbers.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import product

from django.utils.translation import gettext as _

from grants.dossiers.verdict_inputs import STAGES, caps_of
from grants.eligibility.caps import default_caps
from grants.eligibility.changes import Case, Change, Changes, changes_of, last_day
from grants.eligibility.facts import Company, DeMinimisAid, Project, Stage
from grants.eligibility.findings import Outcome
from grants.eligibility.rules import RULES
from grants.eligibility.verdict import Verdict

ELSEWHERE = "00"
SIZES = {
    "small": (Decimal(49), Decimal(10_000_000), Decimal(10_000_000)),
    "medium": (Decimal(249), Decimal(50_000_000), Decimal(43_000_000)),
    "large": (Decimal(250), Decimal(50_000_000), Decimal(43_000_000)),
}
# Financial situation → collective proceedings, equity out of a capital of 100.
SITUATIONS = {"sound": (False, 100), "lost": (False, 0), "insolvent": (True, None)}
CAPITAL = Decimal(100)
OF_THE_AMOUNT = {"aid_rate", "aid_total", "grant_part", "own_funds"}
# The last day to file is worth telling when it comes within two years.
NEAR_YEARS = 2


@dataclass(frozen=True)
class Answer:
    """The verdict, what it could pay, and what would change it."""

    verdict: Verdict
    low: Decimal
    high: Decimal
    changes: Changes
    until: date | None = None

    @property
    def mood(self):
        if self.verdict.eligible is False:
            return "refused"
        return "eligible" if self.verdict.eligible else "check"

    @property
    def has_range(self):
        return self.low != self.high

    @property
    def hopeless(self):
        """What no answer of this test could lift."""
        return [self.verdict.finding(rule) for rule in self.changes.hopeless]

    @property
    def open_points(self):
        """Without these facts the verdict stays open."""
        found = self._found(Outcome.UNKNOWN, blocking=True)
        return [one for one in found if one.rule not in OF_THE_AMOUNT]

    @property
    def warnings(self):
        return self._found(Outcome.WARNING)

    @property
    def met(self):
        """Without the limits of the amount: the range says them better."""
        return [found for found in self._found(Outcome.MET) if found.rule not in OF_THE_AMOUNT]

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
    """The verdict at the largest amount these answers allow: what would be asked is not asked."""
    case = case_of(told, call=call, on=on)
    verdict = case.judged()
    low, high = aid_range(case)
    last = last_day(case)
    is_near = last is not None and (last - on).days <= 366 * NEAR_YEARS
    return Answer(
        verdict=worded(verdict, told),
        low=low,
        high=high,
        changes=worded_changes(changes_of(case)),
        until=last if is_near else None,
    )


def case_of(told, *, call, on):
    caps = default_caps(RULES, on) if call is None else caps_of(call)
    case = Case(company_of(told, on), project_of(told), on, caps)
    return asking_the_most(case)


def asking_the_most(case):
    """Ask for the ceiling: any less is allowed as soon as this is."""
    ceiling = case.judged().ceiling
    most = ceiling.amount if ceiling.complete and ceiling.amount > 0 else Decimal(1)
    return case.having("project.requested", most)


def aid_range(case):
    """The ceilings of every way the open answers could still fall."""
    stages = [case.project.stage] if case.project.stage else [*Stage]
    ceilings = []
    for stage, biggest in product(stages, (False, True)):
        one = case.having("project.stage", stage).having("project.requested", None)
        if one.project.eligible_base is None:
            base = case.caps.total / case.caps.rate if biggest else case.caps.minimum(stage)
            one = one.having("project.eligible_base", base)
        ceilings.append(one.judged().ceiling.amount)
    return min(ceilings), max(ceilings)


def company_of(told, on):
    headcount, turnover, balance_sheet = SIZES.get(told["size"], (None, None, None))
    in_insolvency, equity = SITUATIONS.get(told["situation"], (None, None))
    return Company(
        siret=told["siret"] or None,
        active=told["active"],
        created_on=told["created_on"],
        department=told["department"] or None,
        headcount=headcount,
        turnover=turnover,
        balance_sheet=balance_sheet,
        # The size is told for the whole group.
        linked=(),
        partners=(),
        in_insolvency=in_insolvency,
        equity=None if equity is None else Decimal(equity),
        capital=None if equity is None else CAPITAL,
        de_minimis=aids_of(told["de_minimis"], on),
    )


def aids_of(total, on):
    """One total stands for the three years: dated today, it counts whole."""
    if total is None:
        return None
    return (DeMinimisAid(granted_on=on, amount=total),) if total else ()


def project_of(told):
    return Project(
        stage=STAGES.get(told["stage"]),
        eligible_base=told["eligible_base"],
        duration_months=told["duration_months"],
    )


def worded(verdict, told):
    """The sentences that would name our numbers instead of what was answered."""
    ours = own_words(verdict, told)
    findings = tuple(
        replace(found, sentence=ours.get(found.rule, found.sentence)) for found in verdict.findings
    )
    ceiling = verdict.ceiling
    if not ceiling.amount:
        ceiling = replace(ceiling, sentence=ours.get(ceiling.rule, ceiling.sentence))
    return replace(verdict, findings=findings, ceiling=ceiling)


def own_words(verdict, told):
    ours = {}
    if told["department"] == ELSEWHERE:
        ours["department"] = _("L’établissement qui mène le projet n’est pas en Occitanie.")
    if told["size"] == "large":
        ours["sme_size"] = _("Groupe compris, l’entreprise dépasse les seuils de la PME.")
    elif told["size"]:
        ours["sme_size"] = _("Groupe compris, l’entreprise est une PME, d’après votre réponse.")
    if told["situation"] == "lost":
        ours["difficulty"] = lost_capital(verdict.finding("difficulty"))
    return ours


def lost_capital(found):
    if found.outcome == Outcome.WARNING:
        return _(
            "Plus de la moitié du capital est perdue, mais l’entreprise a moins de trois ans et "
            "échappe à ce test. Cette règle reste à confirmer : elle ne bloque pas la demande."
        )
    return _(
        "Plus de la moitié du capital est perdue : l’entreprise est en difficulté au sens européen."
    )


def worded_changes(changes):
    return replace(changes, single=tuple(in_own_words(change) for change in changes.single))


def in_own_words(change: Change) -> Change:
    ours = {
        "company.equity": _(
            "Reconstituer les capitaux propres à la moitié du capital souscrit au moins."
        ),
        "company.headcount": _(
            "Revenir sous les seuils de la PME, groupe compris : moins de 250 salariés, et 50 M€ "
            "de chiffre d’affaires ou 43 M€ de bilan au plus."
        ),
    }
    return replace(change, sentence=ours.get(change.fact, change.sentence))
