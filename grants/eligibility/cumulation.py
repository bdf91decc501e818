"""Aids that meet on the same eligible costs, and spending begun before filing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from grants.eligibility.facts import Company, Project
from grants.eligibility.findings import Finding, absent, conclude
from grants.eligibility.gber import highest_intensity
from grants.eligibility.rules import Certainty, RuleBook
from grants.eligibility.wording import day, euros


@dataclass(frozen=True)
class _Text:
    reference: str
    certainty: Certainty


STACKING = _Text("Règlement (UE) 2023/2831, art. 5 et 651/2014, art. 8", Certainty.TO_VERIFY)
FILING_FIRST = _Text(
    "Règlement régional des financements : dépôt avant le démarrage", Certainty.PROBABLE
)


def check_cumulation(company: Company, project: Project, rules: RuleBook, *, on: date) -> Finding:
    """All public aid together stays under the highest intensity, at worst under the cost itself."""
    base, asked, other = project.eligible_base, project.requested, project.other_public_aid
    intensity = None
    if rules.find("gber25.maximum", on) is not None:
        intensity = highest_intensity(company, project, rules, on)
    limit = None if base is None else base * (intensity or Decimal(1))
    together = None if asked is None or other is None else asked + other
    passed = None if together is None or limit is None else together <= limit
    return conclude(
        "cumulation",
        STACKING,
        True if other == 0 else passed,
        topic="Cumul des aides publiques",
        yes="Aucune autre aide publique ne porte sur ces dépenses."
        if other == 0
        else f"Toutes aides publiques comprises, {euros(together)} ne dépassent pas "
        f"{euros(limit)}.",
        no=f"Toutes aides publiques comprises, {euros(together)} dépassent {euros(limit)}.",
        inputs={"requested": asked, "other_public_aid": other, "eligible_base": base},
        threshold=limit,
        missing=absent(
            project__other_public_aid=other,
            project__requested=asked,
            project__eligible_base=base,
        ),
        blocking=False,
        remedy="Réduisez la demande, ou renoncez à une autre aide sur les mêmes dépenses.",
    )


def check_start(project: Project, *, on: date) -> Finding:
    """An early start loses the spending engaged before filing, not the whole application."""
    starts = project.starts_on
    return conclude(
        "start_after_filing",
        FILING_FIRST,
        None if starts is None else starts >= on,
        topic="Démarrage du projet",
        yes=f"Le projet démarre le {day(starts)} : pas avant le dépôt.",
        no=f"Le projet démarre le {day(starts)}, avant le dépôt du {day(on)} : les dépenses "
        "engagées avant le dépôt ne seront pas retenues.",
        inputs={"starts_on": starts, "on": on},
        threshold=on,
        missing=["project.starts_on"],
        blocking=False,
        remedy="Ne signez ni commande ni devis avant d’avoir déposé la demande.",
    )
