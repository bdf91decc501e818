"""Block exemption: start-up aid (article 22) and research aid (article 25), until its expiry."""

from datetime import date
from decimal import Decimal

from grants.eligibility.difficulty import is_sound
from grants.eligibility.facts import AidForm, Company, Project, Research
from grants.eligibility.findings import (
    Finding,
    absent,
    conclude,
    every,
    out_of_force,
    room_without_text,
)
from grants.eligibility.rules import RuleBook
from grants.eligibility.size import size_of
from grants.eligibility.spans import at_most
from grants.eligibility.wording import day, euros, percent

START_UP = "Aide aux jeunes pousses (article 22)"
RESEARCH = "Aide à la recherche et au développement (article 25)"
HUNDRED = Decimal(100)


def check_article_22(
    company: Company, project: Project, rules: RuleBook, *, on: date
) -> tuple[Finding, Decimal | None]:
    """Small, unlisted, five years at most, a first activity, no profit shared out."""
    if rules.find("gber22.grant", on) is None:
        latest = rules.latest("gber22.grant")
        found = out_of_force("gber_22", latest, START_UP, on=on, blocking=False)
        return found, room_without_text(found)
    years = int(rules.get("gber22.age_years", on).value)
    small = size_of(company, rules, on).fits["small"]
    young = at_most(company.created_on, years, on)
    ceiling = start_up_ceiling(company, project, rules, on)
    asked = project.requested
    fits = None if asked is None or ceiling is None else asked <= ceiling
    conditions = [small, young, _not(company.listed), company.new_activity]
    finding = conclude(
        "gber_22",
        rules.get("gber22.age_years", on),
        every([*conditions, _not(company.distributed_profits), fits]),
        topic=START_UP,
        yes=f"{START_UP} : les conditions semblent réunies, dans la limite de {euros(ceiling)}.",
        no=f"{START_UP} : cette base ne convient pas (petite entreprise non cotée de {years} ans "
        f"au plus, activité nouvelle, sans bénéfice distribué, {euros(ceiling)} au plus).",
        inputs={
            "small": small,
            "within_five_years": young,
            "listed": company.listed,
            "new_activity": company.new_activity,
            "distributed_profits": company.distributed_profits,
            "innovative": is_innovative(company, rules, on),
            "in_c_area": company.in_c_area,
            "requested": asked,
        },
        threshold=ceiling,
        missing=_missing_22(company, project, small),
        blocking=False,
    )
    return finding, ceiling


def start_up_ceiling(
    company: Company, project: Project, rules: RuleBook, on: date
) -> Decimal | None:
    """By form and area; doubled only for an innovation that is shown. Unknown area: the lower."""
    if project.form is None:
        return None
    kind = "grant" if project.form == AidForm.GRANT else "loan"
    suffix = "_c" if company.in_c_area else ""
    ceiling = rules.get(f"gber22.{kind}{suffix}", on).value
    if is_innovative(company, rules, on):
        ceiling *= rules.get("gber22.innovative_factor", on).value
    return ceiling


def is_innovative(company: Company, rules: RuleBook, on: date) -> bool | None:
    """Research of a tenth of the charges proves it; less proves nothing (an expert may)."""
    spend, charges = company.rd_spend, company.charges
    if spend is None or not charges:
        return None
    enough = spend * HUNDRED >= charges * rules.get("gber22.innovative_percent", on).value
    return True if enough else None


def check_article_25(
    company: Company, project: Project, rules: RuleBook, *, on: date
) -> tuple[Finding, Decimal | None]:
    """Aid over eligible cost under the highest intensity, and no work begun before filing."""
    by = rules.find("gber25.maximum", on)
    if by is None:
        latest = rules.latest("gber25.maximum")
        found = out_of_force("gber_25", latest, RESEARCH, on=on, blocking=False)
        return found, room_without_text(found)
    intensity = highest_intensity(company, project, rules, on)
    base, asked, starts = project.eligible_base, project.requested, project.starts_on
    ceiling = None if intensity is None or base is None else base * intensity
    fits = None if asked is None or ceiling is None else asked <= ceiling
    not_begun = None if starts is None else starts >= on
    sound = is_sound(company, rules, on)
    finding = conclude(
        "gber_25",
        by,
        every([fits, not_begun, sound]),
        topic=RESEARCH,
        yes=f"{RESEARCH} : l’intensité maximale est de {percent(intensity)}, "
        f"soit {euros(ceiling)}.",
        no=_why_not_25(project, intensity, ceiling, begun=not_begun is False, sound=sound),
        inputs={
            "requested": asked,
            "eligible_base": base,
            "research": project.research,
            "collaborative": project.collaborative,
            "intensity": intensity,
            "starts_on": starts,
            "sound": sound,
        },
        threshold=ceiling,
        missing=_missing_25(company, project, intensity),
        blocking=False,
    )
    return finding, Decimal(0) if False in (not_begun, sound) else ceiling


def _why_not_25(
    project: Project,
    intensity: Decimal | None,
    ceiling: Decimal | None,
    *,
    begun: bool,
    sound: bool | None,
) -> str:
    if begun:
        return (
            f"{RESEARCH} : les travaux commencent le {day(project.starts_on)}, avant le dépôt : "
            "toute l’aide serait perdue sur cette base."
        )
    if sound is False:
        return f"{RESEARCH} : cette base exclut les entreprises en difficulté."
    return (
        f"{RESEARCH} : la demande ({euros(project.requested)}) dépasse {percent(intensity)} de "
        f"l’assiette, soit {euros(ceiling)}."
    )


def highest_intensity(
    company: Company, project: Project, rules: RuleBook, on: date
) -> Decimal | None:
    """Base rate and bonuses, 80 % at most; fundamental research has no bonus and no such limit."""
    kind = project.research
    if kind is None:
        return None
    rate = rules.get(f"gber25.{kind}", on).value
    if kind == Research.FUNDAMENTAL:
        return rate
    bonus = _size_bonus(company, rules, on)
    if bonus is None or (project.collaborative is None and kind != Research.FEASIBILITY):
        return None
    if project.collaborative and kind != Research.FEASIBILITY:
        bonus += rules.get("gber25.collaboration_bonus", on).value
    return min(rate + bonus, rules.get("gber25.maximum", on).value)


def _size_bonus(company: Company, rules: RuleBook, on: date) -> Decimal | None:
    fits = size_of(company, rules, on).fits
    if fits["small"]:
        return rules.get("gber25.small_bonus", on).value
    if fits["small"] is None:
        return None
    if fits["medium"] is None:
        return None
    return rules.get("gber25.medium_bonus", on).value if fits["medium"] else Decimal(0)


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _missing_22(company: Company, project: Project, small: bool | None) -> list[str]:
    return [
        *absent(
            company__created_on=company.created_on,
            company__listed=company.listed,
            company__new_activity=company.new_activity,
            company__distributed_profits=company.distributed_profits,
            project__stage=project.stage,
            project__requested=project.requested,
        ),
        *_size_facts(company, small),
    ]


def _missing_25(company: Company, project: Project, intensity: Decimal | None) -> list[str]:
    lacking = absent(
        project__research=project.research,
        project__eligible_base=project.eligible_base,
        project__requested=project.requested,
        project__starts_on=project.starts_on,
    )
    if intensity is None and project.research is not None:
        lacking += absent(project__collaborative=project.collaborative)
        lacking += _size_facts(company, None)
    return lacking + absent(
        company__in_insolvency=company.in_insolvency,
        company__equity=company.equity,
        company__capital=company.capital,
    )


def _size_facts(company: Company, small: bool | None) -> list[str]:
    if small is not None:
        return []
    return absent(
        company__headcount=company.headcount,
        company__turnover=company.turnover,
        company__linked=company.linked,
        company__partners=company.partners,
    )
