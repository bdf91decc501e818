"""De minimis: one ceiling for the whole single undertaking over three rolling years."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from grants.eligibility.facts import AidForm, Company, Project
from grants.eligibility.findings import Finding, absent, conclude, out_of_force, room_without_text
from grants.eligibility.group import ZERO, linked_to, partners_of, sirens
from grants.eligibility.identifiers import siren_of
from grants.eligibility.rules import Rule, RuleBook
from grants.eligibility.spans import years_before
from grants.eligibility.wording import day, euros

TOPIC = "Aides de minimis"


@dataclass(frozen=True)
class Received:
    """`used` surely belongs to the single undertaking, `doubtful` went to an unplaced SIREN."""

    used: Decimal
    doubtful: Decimal
    complete: bool  # the declaration was made and the group is known


def received(company: Company, rules: RuleBook, *, on: date, years: int) -> Received:
    """Aid counts by the day its legal right was given, from the day after `on` minus `years`."""
    since = years_before(on, years)
    ours = sirens(linked_to(company, rules, on)) | {_own_siren(company)}
    theirs = sirens(partners_of(company, rules, on))
    used = doubtful = ZERO
    for aid in company.de_minimis or ():
        if not since < aid.granted_on <= on:
            continue
        if aid.to_siren is None or aid.to_siren in ours:
            used += aid.amount
        elif aid.to_siren not in theirs:  # a partner is not part of the single undertaking
            doubtful += aid.amount
    known = company.de_minimis is not None and company.linked is not None
    return Received(used, doubtful, complete=known)


def check_de_minimis(
    company: Company, project: Project, rules: RuleBook, *, on: date
) -> tuple[Finding, Decimal | None]:
    """The finding, and the aid still possible on this basis (None while nothing is declared).

    An aid that would pass the ceiling cannot use the regulation at all, not even in part.
    """
    ceiling = rules.find("de_minimis.ceiling", on)
    if ceiling is None:
        latest = rules.latest("de_minimis.ceiling")
        found = out_of_force("de_minimis", latest, TOPIC, on=on, blocking=False)
        return found, room_without_text(found)
    years = int(rules.get("de_minimis.years", on).value)
    past = received(company, rules, on=on, years=years)
    room = max(ceiling.value - past.used, ZERO)
    finding = _finding(company, project, ceiling, past, window=(years_before(on, years), on))
    known = company.de_minimis is not None
    return finding, _possible(room, project) if known else None


def _finding(
    company: Company,
    project: Project,
    ceiling: Rule,
    past: Received,
    window: tuple[date, date],
) -> Finding:
    counted = _equivalent(project)
    since, on = window
    period = f"entre le {day(since)} (exclu) et le {day(on)}"
    left = max(ceiling.value - past.used, ZERO)
    return conclude(
        "de_minimis",
        ceiling,
        _within(past, project, ceiling.value),
        topic=TOPIC,
        yes=f"L’entreprise et ses entreprises liées ont reçu {euros(past.used)} d’aides de "
        f"minimis {period} ; avec cette aide, le total ne dépasse pas {euros(ceiling.value)}.",
        no=f"L’entreprise et ses entreprises liées ont reçu {euros(past.used)} d’aides de minimis "
        f"{period} : cette aide ferait dépasser {euros(ceiling.value)} et ne peut donc pas du "
        "tout être accordée sur cette base.",
        inputs={
            "received": past.used,
            "to_place": past.doubtful,
            "aid_counted": counted,
            "after": since,
            "until": on,
        },
        threshold=ceiling.value,
        missing=_missing(company, project, past, ceiling.value),
        blocking=False,
        remedy=f"Ramenez la demande à {euros(left)} d’équivalent-subvention au plus."
        if left
        else "Attendez que les aides les plus anciennes sortent de la période de trois ans.",
    )


def _equivalent(project: Project) -> Decimal | None:
    """Gross grant equivalent; a grant counts whole, an advance at most at its face value."""
    if project.gross_grant_equivalent is not None:
        return project.gross_grant_equivalent
    return project.requested


def _exact(project: Project) -> bool:
    return project.gross_grant_equivalent is not None or project.form == AidForm.GRANT


def _within(past: Received, project: Project, ceiling: Decimal) -> bool | None:
    counted = _equivalent(project)
    if past.used >= ceiling:
        return False
    if counted is None:
        return None
    if past.used + counted > ceiling:
        return False if _exact(project) else None
    fits = past.used + past.doubtful + counted <= ceiling
    return True if fits and past.complete else None


def _missing(company: Company, project: Project, past: Received, ceiling: Decimal) -> list[str]:
    lacking = absent(
        company__de_minimis=company.de_minimis,
        company__linked=company.linked,
        project__requested=_equivalent(project),
    )
    counted = _equivalent(project) or ZERO
    if past.used + counted > ceiling and not _exact(project):
        lacking += absent(project__stage=project.stage)
        lacking.append("project.gross_grant_equivalent")
    if past.doubtful:
        lacking.append("company.de_minimis.to_siren")
    return lacking


def _possible(room: Decimal, project: Project) -> Decimal:
    """Euros of aid that fit into the room: more than the room when only part of the aid counts."""
    asked, counted = project.requested, project.gross_grant_equivalent
    if not asked or not counted:
        return room
    return room * asked / counted


def _own_siren(company: Company) -> str | None:
    try:
        return None if company.siret is None else siren_of(company.siret)
    except ValueError:
        return None
