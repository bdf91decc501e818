"""Every number of the law and of the scheme, dated, with its reference and how sure we are of it.

A rule is looked up by key and day: the day of filing or award for most, the closing day of the
financial year for the tax status. Nothing else in this package holds a legal number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Certainty(StrEnum):
    CERTAIN = "certain"
    PROBABLE = "probable"
    TO_VERIFY = "to_verify"


@dataclass(frozen=True)
class Rule:
    key: str
    value: Decimal
    reference: str
    certainty: Certainty
    valid_from: date
    valid_to: date | None = None  # last day in force

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def overlaps(self, other: "Rule") -> bool:
        return other.holds_on(self.valid_from) or self.holds_on(other.valid_from)


class RuleBook:
    """All versions of all rules; refuses two versions of one rule for the same day."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._versions: dict[str, list[Rule]] = {}
        for rule in rules:
            known = self._versions.setdefault(rule.key, [])
            if any(rule.overlaps(other) for other in known):
                raise ValueError(f"two versions of {rule.key} are in force on the same day")
            known.append(rule)

    def find(self, key: str, day: date) -> Rule | None:
        """The version in force that day; None when the text had not begun or has expired."""
        return next((rule for rule in self._versions[key] if rule.holds_on(day)), None)

    def get(self, key: str, day: date) -> Rule:
        """The version in force that day, else the nearest one, marked as to be verified."""
        rule = self.find(key, day)
        if rule is not None:
            return rule
        nearest = min(self._versions[key], key=lambda rule: abs((rule.valid_from - day).days))
        return Rule(
            key, nearest.value, nearest.reference, Certainty.TO_VERIFY, nearest.valid_from, None
        )

    def latest(self, key: str) -> Rule:
        return max(self._versions[key], key=lambda rule: rule.valid_from)

    def all(self) -> list[Rule]:
        return [rule for versions in self._versions.values() for rule in versions]


def _text(
    reference: str,
    certainty: Certainty,
    since: date,
    until: date | None = None,
    *,
    values: Mapping[str, str | int],
) -> list[Rule]:
    return [
        Rule(key, Decimal(value), reference, certainty, since, until)
        for key, value in values.items()
    ]


CERTAIN, PROBABLE, TO_VERIFY = Certainty.CERTAIN, Certainty.PROBABLE, Certainty.TO_VERIFY
SCHEME = "Région Occitanie, fiche « Aide aux startups » (reconduction à confirmer)"
SME = "Recommandation 2003/361/CE, annexe, art. 2"
SME_LINKS = "Recommandation 2003/361/CE, annexe, art. 3"
JEI = "CGI, art. 44 sexies-0 A"
GBER = "Règlement (UE) 651/2014 modifié par 2023/1315"
GBER_END = date(2026, 12, 31)

RULES = RuleBook(
    [
        *_text(
            SCHEME,
            PROBABLE,
            date(2024, 7, 11),
            values={
                "scheme.age_years": 8,
                "scheme.rate": "0.50",
                "scheme.total": 200_000,
                "scheme.grant": 50_000,
                "scheme.minimum.mvp": 40_000,
                "scheme.minimum.other": 100_000,
                "scheme.months": 36,
            },
        ),
        *_text(
            "Règlement (UE) 2023/2831, art. 3(2)",
            CERTAIN,
            date(2024, 1, 1),
            date(2030, 12, 31),
            values={"de_minimis.ceiling": 300_000, "de_minimis.years": 3},
        ),
        *_text(
            SME,
            CERTAIN,
            date(2005, 1, 1),
            values={
                "sme.micro.headcount": 10,
                "sme.micro.turnover": 2_000_000,
                "sme.micro.balance_sheet": 2_000_000,
                "sme.small.headcount": 50,
                "sme.small.turnover": 10_000_000,
                "sme.small.balance_sheet": 10_000_000,
                "sme.medium.headcount": 250,
                "sme.medium.turnover": 50_000_000,
                "sme.medium.balance_sheet": 43_000_000,
            },
        ),
        *_text(
            SME_LINKS,
            TO_VERIFY,
            date(2005, 1, 1),
            values={"sme.partner_percent": 25, "sme.linked_percent": 50, "sme.public_percent": 25},
        ),
        *_text(
            "Recommandation 2003/361/CE, annexe, art. 4(2)",
            TO_VERIFY,
            date(2005, 1, 1),
            values={"sme.grace_years": 2},
        ),
        *_text(
            JEI,
            CERTAIN,
            date(2004, 1, 1),
            values={
                "jei.age_years": 8,
                "jei.headcount": 250,
                "jei.turnover": 50_000_000,
                "jei.balance_sheet": 43_000_000,
                "jei.capital_percent": 50,
            },
        ),
        *_text(
            f"{JEI}, 3° a",
            CERTAIN,
            date(2004, 1, 1),
            date(2025, 2, 28),
            values={"jei.research_percent": 15},
        ),
        *_text(
            f"{JEI}, 3° a (loi 2025-199, art. 22 V)",
            CERTAIN,
            date(2025, 3, 1),
            values={"jei.research_percent": 20},
        ),
        *_text(
            f"{JEI}, 3° et CGI, ann. III, art. 49 Q (décret 2024-464)",
            CERTAIN,
            date(2024, 1, 1),
            values={"jec.research_percent": 5, "jec.growth_factor": 2, "jec.growth_posts": 10},
        ),
        *_text(
            f"{JEI}, 3° b (jeune entreprise universitaire)",
            TO_VERIFY,
            date(2008, 1, 1),
            values={"jeu.capital_percent": 10},
        ),
        *_text(
            f"{JEI} (loi de finances pour 2026, art. 8 bis)",
            PROBABLE,
            date(2026, 2, 2),
            values={"jeii.research_percent": 5},
        ),
        *_text(
            f"{GBER}, art. 22",
            TO_VERIFY,
            date(2023, 7, 1),
            GBER_END,
            values={
                "gber22.age_years": 5,
                "gber22.grant": 500_000,
                "gber22.grant_c": 750_000,
                "gber22.loan": 1_100_000,
                "gber22.loan_c": 1_650_000,
                "gber22.innovative_factor": 2,
                "gber22.innovative_percent": 10,
            },
        ),
        *_text(
            f"{GBER}, art. 25",
            CERTAIN,
            date(2014, 7, 1),
            GBER_END,
            values={
                "gber25.fundamental": "1.00",
                "gber25.industrial": "0.50",
                "gber25.experimental": "0.25",
                "gber25.feasibility": "0.50",
                "gber25.small_bonus": "0.20",
                "gber25.medium_bonus": "0.10",
                "gber25.collaboration_bonus": "0.15",
                "gber25.maximum": "0.80",
            },
        ),
        *_text(
            f"{GBER}, art. 2(18)",
            CERTAIN,
            date(2014, 7, 1),
            values={"difficulty.capital_share": "0.50"},
        ),
        *_text(
            f"{GBER}, art. 2(18)",
            TO_VERIFY,
            date(2014, 7, 1),
            values={"difficulty.young_years": 3},
        ),
    ]
)
