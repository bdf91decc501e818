"""The caps of a call: parameters with defaults from the rule book, and the request against them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from grants.eligibility.facts import AidForm, Project, Stage
from grants.eligibility.findings import Finding, absent, conclude
from grants.eligibility.rules import Certainty, RuleBook
from grants.eligibility.wording import euros, number, percent


class Severity(StrEnum):
    BLOCKING = "blocking"
    WARNING = "warning"


class Regime(StrEnum):
    DE_MINIMIS = "de_minimis"
    GBER_22 = "gber_22"
    GBER_25 = "gber_25"


@dataclass(frozen=True)
class Caps:
    """What a call allows. `rate` is a share of the eligible base, 0 to 1."""

    rate: Decimal
    total: Decimal
    grant: Decimal
    minimum_mvp: Decimal
    minimum_other: Decimal
    months: int
    age_years: int
    reference: str
    certainty: Certainty
    own_funds: Severity = Severity.WARNING
    difficulty: Severity = Severity.BLOCKING
    regimes: tuple[Regime, ...] = (Regime.DE_MINIMIS,)

    def minimum(self, stage: Stage | None) -> Decimal | None:
        if stage is None:
            return None
        return self.minimum_mvp if stage == Stage.MVP else self.minimum_other


def default_caps(rules: RuleBook, on: date) -> Caps:
    """The published parameters of the scheme; a call changes them with `dataclasses.replace`."""
    first = rules.get("scheme.rate", on)
    return Caps(
        rate=first.value,
        total=rules.get("scheme.total", on).value,
        grant=rules.get("scheme.grant", on).value,
        minimum_mvp=rules.get("scheme.minimum.mvp", on).value,
        minimum_other=rules.get("scheme.minimum.other", on).value,
        months=int(rules.get("scheme.months", on).value),
        age_years=int(rules.get("scheme.age_years", on).value),
        reference=first.reference,
        certainty=first.certainty,
    )


def check_caps(project: Project, caps: Caps) -> list[Finding]:
    found = [
        check_base(project, caps),
        check_rate(project, caps),
        check_total(project, caps),
        check_duration(project, caps),
        check_own_funds(project, caps),
    ]
    if project.form == AidForm.GRANT:
        found.insert(3, check_grant(project, caps))
    return found


def check_base(project: Project, caps: Caps) -> Finding:
    base, wanted = project.eligible_base, caps.minimum(project.stage)
    passed = None if base is None or wanted is None else base >= wanted
    if base is not None and wanted is None:
        passed = _whatever_the_stage(base, caps)
    wanted = min(caps.minimum_mvp, caps.minimum_other) if wanted is None else wanted
    return conclude(
        "base_minimum",
        caps,
        passed,
        topic="Assiette minimale",
        yes=f"L’assiette éligible ({euros(base)} HT) atteint le minimum de {euros(wanted)}.",
        no=f"L’assiette éligible ({euros(base)} HT) est inférieure au minimum de {euros(wanted)}.",
        inputs={"eligible_base": base, "stage": project.stage},
        threshold=wanted,
        missing=absent(project__stage=project.stage, project__eligible_base=base),
        remedy=f"Présentez au moins {euros(wanted)} de dépenses éligibles hors taxes.",
    )


def _whatever_the_stage(base: Decimal, caps: Caps) -> bool | None:
    low, high = sorted([caps.minimum_mvp, caps.minimum_other])
    if base < low:
        return False
    return True if base >= high else None


def check_rate(project: Project, caps: Caps) -> Finding:
    base, asked = project.eligible_base, project.requested
    most = None if base is None else base * caps.rate
    return conclude(
        "aid_rate",
        caps,
        None if most is None or asked is None else asked <= most,
        topic="Taux d’aide",
        yes=f"La demande ({euros(asked)}) ne dépasse pas {percent(caps.rate)} de l’assiette, "
        f"soit {euros(most)}.",
        no=f"La demande ({euros(asked)}) dépasse {percent(caps.rate)} de l’assiette, "
        f"soit {euros(most)}.",
        inputs={"requested": asked, "eligible_base": base, "rate": caps.rate},
        threshold=most,
        missing=absent(project__requested=asked, project__eligible_base=base),
        remedy=f"Ramenez la demande à {euros(most)} au plus.",
    )


def check_total(project: Project, caps: Caps) -> Finding:
    return _amount_cap("aid_total", "Plafond de l’aide", project, caps, caps.total)


def check_grant(project: Project, caps: Caps) -> Finding:
    return _amount_cap("grant_part", "Plafond de la subvention", project, caps, caps.grant)


def check_duration(project: Project, caps: Caps) -> Finding:
    months = project.duration_months
    return conclude(
        "duration",
        caps,
        None if months is None else months <= caps.months,
        topic="Durée du projet",
        yes=f"Le projet dure {number(months)} mois : le maximum est de {caps.months} mois.",
        no=f"Le projet dure {number(months)} mois, plus que le maximum de {caps.months} mois.",
        inputs={"duration_months": months},
        threshold=caps.months,
        missing=["project.duration_months"],
        remedy=f"Présentez un projet réalisable en {caps.months} mois après le dépôt.",
    )


def check_own_funds(project: Project, caps: Caps) -> Finding:
    """Public aid is capped by own and quasi-own funds; the call says whether this blocks."""
    own, asked = project.own_funds, project.requested
    return conclude(
        "own_funds",
        _OwnFunds(caps.own_funds),
        None if own is None or asked is None else asked <= own,
        topic="Fonds propres",
        yes=f"La demande ({euros(asked)}) ne dépasse pas les fonds propres et quasi-fonds propres "
        f"({euros(own)}).",
        no=f"La demande ({euros(asked)}) dépasse les fonds propres et quasi-fonds propres "
        f"({euros(own)}).",
        inputs={"requested": asked, "own_funds": own},
        threshold=own,
        missing=absent(project__requested=asked, project__own_funds=own),
        blocking=caps.own_funds == Severity.BLOCKING,
        remedy="Renforcez les fonds propres avant la décision, ou réduisez la demande.",
    )


@dataclass(frozen=True)
class _OwnFunds:
    """A practice of the Region: it only binds where the call says so."""

    severity: Severity
    reference: str = "Pratique régionale : aide ≤ fonds propres et quasi-fonds propres au dépôt"

    @property
    def certainty(self) -> Certainty:
        blocking = self.severity == Severity.BLOCKING
        return Certainty.CERTAIN if blocking else Certainty.TO_VERIFY


def _amount_cap(key: str, topic: str, project: Project, caps: Caps, cap: Decimal) -> Finding:
    asked = project.requested
    return conclude(
        key,
        caps,
        None if asked is None else asked <= cap,
        topic=topic,
        yes=f"{topic} : la demande ({euros(asked)}) ne dépasse pas {euros(cap)}.",
        no=f"{topic} : la demande ({euros(asked)}) dépasse {euros(cap)}.",
        inputs={"requested": asked},
        threshold=cap,
        missing=["project.requested"],
        remedy=f"Ramenez la demande à {euros(cap)} au plus.",
    )
