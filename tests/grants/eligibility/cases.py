"""A sound company and project, changed one fact at a time by the tests."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from grants.eligibility.caps import default_caps
from grants.eligibility.facts import Company, DeMinimisAid, Project, Related, Stage
from grants.eligibility.rules import RULES
from grants.eligibility.verdict import judge

ON = date(2026, 11, 23)

COMPANY = Company(
    siret="73282932000074",
    active=True,
    created_on=date(2022, 5, 4),
    department="31",
    headcount=Decimal(12),
    turnover=Decimal(800_000),
    balance_sheet=Decimal(900_000),
    linked=(),
    partners=(),
    closed_on=date(2025, 12, 31),
    rd_spend=Decimal(80_000),
    charges=Decimal(400_000),
    qualifying_percent=Decimal(80),
    new_activity=True,
    distributed_profits=False,
    equity=Decimal(120_000),
    capital=Decimal(100_000),
    in_insolvency=False,
    listed=False,
    de_minimis=(),
)
MVP = Project(
    stage=Stage.MVP,
    eligible_base=Decimal(100_000),
    requested=Decimal(40_000),
    duration_months=24,
    own_funds=Decimal(60_000),
    starts_on=date(2027, 1, 4),
    other_public_aid=Decimal(0),
)
LAUNCH = replace(
    MVP, stage=Stage.LAUNCH, eligible_base=Decimal(400_000), requested=Decimal(150_000)
)


def outcome(rule, *, company=None, project=None, on=ON, caps=None):
    """Judge the sound case with these facts changed and answer for one rule."""
    return verdict(company=company, project=project, on=on, caps=caps).finding(rule).outcome


def verdict(*, company=None, project=None, of=MVP, on=ON, caps=None):
    return judge(
        replace(COMPANY, **(company or {})),
        replace(of, **(project or {})),
        on=on,
        caps=replace(default_caps(RULES, on), **(caps or {})),
    )


def aid(day, amount, to_siren=None):
    return DeMinimisAid(date.fromisoformat(day), Decimal(amount), to_siren)


def related(**facts):
    return Related(**{key: Decimal(v) if isinstance(v, int) else v for key, v in facts.items()})
