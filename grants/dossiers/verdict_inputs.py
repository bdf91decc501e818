"""From what the company declared to what the eligibility engine asks, and back as its verdict."""

from datetime import date
from decimal import Decimal

from grants.eligibility.caps import Caps
from grants.eligibility.facts import Company, DeMinimisAid, Project, Related, Stage
from grants.eligibility.rules import Certainty
from grants.eligibility.verdict import judge

STAGES = {"mvp": Stage.MVP, "preseries": Stage.PRE_SERIES, "launch": Stage.LAUNCH}


def verdict_of(dossier, filled, *, on):
    """Judge the dossier as it stands on this day, by the caps of its call."""
    return judge(
        company_of(dossier.organisation, filled),
        project_of(filled),
        on=on,
        caps=caps_of(dossier.call),
    )


def company_of(organisation, filled):
    linked, partners = related_of(filled)
    return Company(
        siret=organisation.siret,
        active=organisation.is_active,
        created_on=organisation.registered_on,
        department=organisation.department or filled.value("department") or None,
        headcount=amount(organisation.headcount),
        turnover=amount(filled.value("turnover")),
        balance_sheet=amount(filled.value("balance_sheet")),
        linked=linked,
        partners=partners,
        closed_on=day(filled.value("closed_on")),
        rd_spend=amount(filled.value("rd_spend")),
        charges=amount(filled.value("charges")),
        equity=amount(filled.value("equity")),
        capital=amount(filled.value("capital")),
        in_insolvency=filled.value("insolvency"),
        unpaid_rescue_aid=False if filled.value("commitment") else None,
        de_minimis=aids_of(filled),
    )


def related_of(filled):
    """Linked companies, the parent among them, and partners; None while nobody has said.

    A company without its numbers stays in: the size is then said to be unknown, not smaller.
    """
    if filled.value("group") is False:
        return (), ()
    rows = filled.value("related_companies")
    if rows is None:
        return None, None
    told = [(row.get("link"), related(row)) for row in rows]
    partners = tuple(company for link, company in told if link == "partner")
    return tuple(company for link, company in told if link != "partner"), partners


def related(row):
    siret = row.get("siret")
    return Related(
        siren=siret[:9] if siret else None,
        headcount=amount(row.get("headcount")),
        turnover=amount(row.get("turnover")),
        balance_sheet=amount(row.get("balance_sheet")),
        share=amount(row.get("share")),
    )


def aids_of(filled):
    """None while the question is open; an aid without amount is still being typed."""
    if filled.value("aided") is None:
        return None
    return tuple(
        DeMinimisAid(granted_on=day(row["granted_on"]), amount=amount(row["amount"]))
        for row in filled.value("aids") or ()
        if row.get("regime") == "de_minimis"
    )


def project_of(filled):
    stage = STAGES.get(filled.value("stage"))
    requested = amount(filled.value("requested"))
    return Project(
        stage=stage,
        eligible_base=amount(filled.value("eligible_base")),
        requested=requested,
        gross_grant_equivalent=requested if stage == Stage.MVP else None,
        duration_months=filled.value("duration_months"),
        own_funds=amount(filled.value("equity")),
        starts_on=day(filled.value("starts_on")),
        other_public_aid=other_public_aid(filled, requested),
    )


def other_public_aid(filled, requested):
    """Public lines of the financing plan, without the aid asked for here."""
    rows = filled.value("financing")
    if rows is None or requested is None:
        return None
    public = sum((Decimal(row["amount"]) for row in rows if row["nature"] == "public"), Decimal(0))
    return max(public - requested, Decimal(0))


def caps_of(call):
    """The published parameters of the call are certain."""
    return Caps(
        rate=call.max_rate,
        total=call.max_aid,
        grant=call.max_grant,
        minimum_mvp=call.min_base_mvp,
        minimum_other=call.min_base,
        months=call.max_months,
        age_years=call.max_age_years,
        reference=f"Paramètres de l’appel {call.code}",
        certainty=Certainty.CERTAIN,
    )


def amount(value):
    return None if value is None else Decimal(value)


def day(value):
    return None if value is None else date.fromisoformat(value)
