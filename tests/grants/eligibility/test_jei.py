"""The JEI family at the close of a financial year. Expected answers were worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from tests.grants.eligibility.cases import ON, outcome, verdict

D = date.fromisoformat


@pytest.mark.parametrize(
    ("closed", "spend", "expected"),
    [
        # charges are 400 000: 15 % is 60 000, 20 % is 80 000
        ("2025-02-28", "60000", "met"),
        ("2025-02-28", "59999.99", "not_met"),
        ("2025-03-01", "60000", "not_met"),
        ("2025-03-01", "80000", "met"),
        ("2025-03-01", "79999.99", "not_met"),
        ("2026-06-30", "80000", "met"),
    ],
)
def test_jei_research_share_by_closing_day(closed, spend, expected):
    company = {"closed_on": D(closed), "rd_spend": Decimal(spend)}

    assert outcome("jei", company=company) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"headcount": Decimal(249)}, "met"),
        ({"headcount": Decimal(250)}, "not_met"),
        # strict limits, where the SME definition includes them
        ({"turnover": Decimal("49999999.99"), "balance_sheet": Decimal(43_000_000)}, "met"),
        ({"turnover": Decimal(50_000_000), "balance_sheet": Decimal("42999999.99")}, "met"),
        ({"turnover": Decimal(50_000_000), "balance_sheet": Decimal(43_000_000)}, "not_met"),
        # eight years at the close of 31 December 2025, not at filing
        ({"created_on": D("2018-01-01")}, "met"),
        ({"created_on": D("2017-12-31")}, "not_met"),
        ({"qualifying_percent": Decimal(50)}, "met"),
        ({"qualifying_percent": Decimal("49.99")}, "not_met"),
        ({"qualifying_percent": None}, "unknown"),
        ({"new_activity": False}, "not_met"),
        ({"charges": Decimal(0)}, "unknown"),
        ({"closed_on": None}, "unknown"),
        ({"closed_on": D("2026-11-23")}, "met"),  # closed today
        ({"closed_on": D("2026-11-24")}, "unknown"),  # the year is not closed yet
    ],
)
def test_jei_shared_tests(facts, expected):
    assert outcome("jei", company=facts) == expected


@pytest.mark.parametrize(
    ("closed", "spend", "before", "headcount", "headcount_before", "expected"),
    [
        ("2025-12-31", "20000", "20000", 20, 10, "met"),  # 5 %, doubled, ten more
        ("2025-12-31", "19999.99", "10000", 20, 10, "not_met"),
        ("2025-12-31", "79999.99", "20000", 20, 10, "met"),
        ("2025-12-31", "80000", "20000", 20, 10, "not_met"),  # 20 %: a JEI, not a JEC
        ("2025-02-28", "60000", "20000", 20, 10, "not_met"),  # 15 % was enough before
        ("2025-12-31", "20000", "20000.01", 20, 10, "not_met"),  # research went down
        ("2025-12-31", "20000", "20000", 19, 10, "not_met"),
        ("2025-12-31", "20000", "20000", 17, 8, "not_met"),  # doubled, only nine more
        ("2025-12-31", "20000", "20000", 22, 12, "not_met"),  # ten more, not doubled
        ("2023-12-31", "20000", "20000", 20, 10, "not_met"),  # the status did not exist
    ],
)
def test_jec(closed, spend, before, headcount, headcount_before, expected):
    company = {
        "closed_on": D(closed),
        "rd_spend": Decimal(spend),
        "rd_spend_before": Decimal(before),
        "headcount": Decimal(headcount),
        "headcount_before": Decimal(headcount_before),
    }

    assert outcome("jec", company=company) == expected


@pytest.mark.parametrize(
    ("percent", "agreement", "expected"),
    [("10", True, "met"), ("9.99", True, "warning"), ("10", False, "warning"),
     (None, True, "unknown")],
)  # fmt: skip
def test_jeu_is_not_verified_so_it_warns(percent, agreement, expected):
    company = {
        "academic_percent": percent and Decimal(percent),
        "academic_agreement": agreement,
    }

    assert outcome("jeu", company=company) == expected


@pytest.mark.parametrize(
    ("closed", "spend", "social", "expected"),
    [
        ("2026-06-30", "20000", True, "met"),
        ("2026-06-30", "19999.99", True, "not_met"),
        ("2026-06-30", "20000", False, "not_met"),
        ("2026-06-30", "20000", None, "unknown"),
        ("2025-12-31", "20000", True, "not_met"),
    ],
)
def test_jeii(closed, spend, social, expected):
    company = {"closed_on": D(closed), "rd_spend": Decimal(spend), "social_purpose": social}

    assert outcome("jeii", company=company) == expected


def test_status_never_blocks():
    judged = verdict(company={"rd_spend": Decimal(0)})

    assert judged.finding("jei").outcome == "not_met"
    assert judged.eligible is True


def test_missing_figures_are_named():
    found = verdict(company={"rd_spend": None, "charges": None}, on=ON).finding("jei")

    assert found.missing == ("company.rd_spend", "company.charges")
