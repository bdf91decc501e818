"""Age, place, size, difficulty: what the company is. Expected answers were worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from grants.eligibility.facts import Holder
from grants.eligibility.rules import Certainty
from tests.grants.eligibility.cases import outcome, related, verdict

D = date.fromisoformat
DEPARTMENTS = [
    "09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66", "81", "82",
]  # fmt: skip


@pytest.mark.parametrize(
    ("created", "on", "expected"),
    [
        ("2018-11-24", "2026-11-23", "met"),  # eve of the eighth birthday
        ("2018-11-23", "2026-11-23", "not_met"),  # eighth birthday
        ("2018-11-22", "2026-11-23", "not_met"),
        ("2026-11-23", "2026-11-23", "met"),  # born today
        ("2020-02-29", "2028-02-28", "met"),
        ("2020-02-29", "2028-02-29", "not_met"),
        ("2092-02-29", "2100-02-27", "met"),  # 2100 has no 29 February
        ("2092-02-29", "2100-02-28", "not_met"),
        ("2026-11-24", "2026-11-23", "unknown"),  # born tomorrow
    ],
)
def test_age_at_filing(created, on, expected):
    found = outcome("age", company={"created_on": D(created)}, on=D(on))

    assert found == expected


def test_age_without_a_creation_date_names_it():
    found = verdict(company={"created_on": None}).finding("age")

    assert (found.outcome, found.missing) == ("unknown", ("company.created_on",))


@pytest.mark.parametrize(
    ("code", "expected"),
    [(code, "met") for code in DEPARTMENTS]
    + [("9", "not_met"), ("75", "not_met"), ("2A", "not_met"), ("974", "not_met")]
    + [(None, "unknown")],
)
def test_department(code, expected):
    assert outcome("department", company={"department": code}) == expected


@pytest.mark.parametrize(
    ("siret", "expected"),
    [("73282932000074", "met"), ("73282932000075", "not_met"), (None, "unknown")],
)
def test_siret(siret, expected):
    assert outcome("siret", company={"siret": siret}) == expected


def test_closed_establishment_is_ineligible():
    assert verdict(company={"active": False}).eligible is False


def test_unreachable_register_holds_nobody_up():
    judged = verdict(company={"active": None})

    assert judged.finding("active").outcome == "unknown"
    assert judged.eligible is True


@pytest.mark.parametrize(
    ("headcount", "turnover", "balance_sheet", "expected", "category"),
    [
        (9, "2000000", "9000000", "met", "micro"),
        (9, "2000000.01", "2000000.01", "met", "small"),
        (10, "1", "1", "met", "small"),
        (49, "10000000", "99000000", "met", "small"),
        (49, "10000000.01", "10000000", "met", "small"),
        (49, "10000000.01", "10000000.01", "met", "medium"),
        (249, "50000000", "43000000.01", "met", "medium"),
        (249, "50000000.01", "43000000", "met", "medium"),
        (249, "50000000.01", "43000000.01", "not_met", "large"),
        (250, "1", "1", "not_met", "large"),
        (12, "800000", None, "met", "small"),  # one amount is enough to be in
        (12, "60000000", None, "unknown", None),
        (250, None, None, "not_met", "large"),  # headcount alone puts it out
    ],
)
def test_sme_limits(headcount, turnover, balance_sheet, expected, category):
    facts = {
        "headcount": Decimal(headcount),
        "turnover": turnover and Decimal(turnover),
        "balance_sheet": balance_sheet and Decimal(balance_sheet),
    }

    found = verdict(company=facts).finding("sme_size")

    assert (found.outcome, found.inputs["category"]) == (expected, category)


@pytest.mark.parametrize(
    ("linked", "partners", "headcount", "expected"),
    [
        # the applicant has 12 people; 12 + 237 = 249, 12 + 238 = 250
        ([{"headcount": 237}], [], "249", "met"),
        ([{"headcount": 238}], [], "250", "not_met"),
        # partner at 50 %: 12 + 474 × 0.5 = 249, 12 + 476 × 0.5 = 250
        ([], [{"headcount": 474, "share": 50}], "249", "met"),
        ([], [{"headcount": 476, "share": 50}], "250", "not_met"),
        # 25 % is a partner (12 + 952 / 4 = 250), 24 % is autonomous
        ([], [{"headcount": 952, "share": 25}], "250", "not_met"),
        ([], [{"headcount": 9999, "share": 24}], "12", "met"),
        # 51 % is linked and counts whole
        ([], [{"headcount": 238, "share": 51}], "250", "not_met"),
        # investors do not break autonomy up to 50 %
        ([], [{"headcount": 9999, "share": 50, "holder": Holder.INVESTOR}], "12", "met"),
        ([], [{"headcount": 9999, "share": 51, "holder": Holder.INVESTOR}], "10011", "not_met"),
    ],
)
def test_group_counts(linked, partners, headcount, expected):
    money = {"turnover": 1, "balance_sheet": 1}
    company = {
        "linked": tuple(related(**one, **money) for one in linked),
        "partners": tuple(related(**one, **money) for one in partners),
    }

    found = verdict(company=company).finding("sme_size")

    assert (found.outcome, found.inputs["headcount"]) == (expected, Decimal(headcount))


def test_linked_company_without_numbers_leaves_the_size_open():
    found = verdict(company={"linked": (related(siren="552008443"),)}).finding("sme_size")

    assert (found.outcome, found.missing) == ("unknown", ("company.linked",))


def test_group_nobody_told_leaves_the_size_open():
    found = verdict(company={"linked": None, "partners": None}).finding("sme_size")

    assert (found.outcome, found.missing) == ("unknown", ("company.linked", "company.partners"))


def test_first_year_over_the_limits_warns():
    judged = verdict(company={"headcount": Decimal(250), "was_sme": True})

    assert judged.finding("sme_size").outcome == "warning"
    assert judged.eligible is True


@pytest.mark.parametrize(("share", "expected"), [(24, "met"), (25, "warning")])
def test_public_holder_warns_from_a_quarter(share, expected):
    partners = (related(share=share, holder=Holder.PUBLIC),)

    assert outcome("public_holder", company={"partners": partners}) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"equity": "50000"}, "met"),  # exactly half of 100 000
        ({"equity": "49999.99"}, "not_met"),
        ({"equity": "-1"}, "not_met"),
        ({"equity": "49999.99", "created_on": D("2023-11-24")}, "warning"),  # under three years
        ({"equity": "49999.99", "created_on": D("2023-11-23")}, "not_met"),  # third birthday
        ({"equity": "49999.99", "created_on": None}, "unknown"),
        ({"equity": "0", "created_on": D("2025-01-01"), "in_insolvency": None}, "unknown"),
        ({"in_insolvency": True}, "not_met"),
        ({"in_insolvency": True, "created_on": D("2026-01-01")}, "not_met"),
        ({"unpaid_rescue_aid": True}, "not_met"),
        ({"in_insolvency": None}, "unknown"),
        ({"equity": None}, "unknown"),
    ],
)
def test_difficulty(facts, expected):
    if isinstance(facts.get("equity"), str):
        facts = {**facts, "equity": Decimal(facts["equity"])}

    assert outcome("difficulty", company=facts) == expected


def test_young_company_saved_by_an_unverified_exemption_says_so():
    company = {"equity": Decimal(0), "created_on": D("2025-01-01")}

    judged = verdict(company=company)

    assert judged.finding("difficulty").certainty == Certainty.TO_VERIFY
    assert judged.eligible is True


def test_young_company_without_accounts_is_not_held_up():
    company = {"equity": None, "capital": None, "created_on": D("2026-06-01")}

    judged = verdict(company=company)

    assert judged.finding("difficulty").outcome == "unknown"
    assert judged.eligible is True


def test_difficulty_only_warns_nobody_when_the_call_tolerates_it():
    judged = verdict(company={"equity": Decimal(0)}, caps={"difficulty": "warning"})

    assert judged.finding("difficulty").outcome == "not_met"
    assert judged.eligible is True
