"""Caps, own funds, de minimis, block exemption: what is asked. Answers worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from grants.eligibility.caps import Regime, Severity
from grants.eligibility.facts import Research, Stage
from tests.grants.eligibility.cases import LAUNCH, MVP, aid, outcome, related, verdict

D = date.fromisoformat
OWN, SISTER, PARTNER, STRANGER = "732829320", "552008443", "404833048", "443121975"


@pytest.mark.parametrize(
    ("rule", "stage", "base", "requested", "expected"),
    [
        ("base_minimum", Stage.MVP, "40000", "1", "met"),
        ("base_minimum", Stage.MVP, "39999.99", "1", "not_met"),
        ("base_minimum", Stage.PRE_SERIES, "100000", "1", "met"),
        ("base_minimum", Stage.PRE_SERIES, "99999.99", "1", "not_met"),
        ("base_minimum", Stage.LAUNCH, "99999.99", "1", "not_met"),
        ("base_minimum", None, "39999.99", "1", "not_met"),
        ("base_minimum", None, "40000", "1", "unknown"),
        ("base_minimum", None, "100000", "1", "met"),
        ("base_minimum", Stage.MVP, None, "1", "unknown"),
        ("aid_rate", Stage.MVP, "80000", "40000", "met"),
        ("aid_rate", Stage.MVP, "80000", "40000.01", "not_met"),
        ("aid_rate", Stage.MVP, "80000.01", "40000.01", "not_met"),  # half is 40 000.005
        ("aid_rate", Stage.MVP, None, "40000", "unknown"),
        ("aid_total", Stage.LAUNCH, "900000", "200000", "met"),
        ("aid_total", Stage.LAUNCH, "900000", "200000.01", "not_met"),
        ("aid_total", Stage.LAUNCH, "900000", None, "unknown"),
        ("grant_part", Stage.MVP, "900000", "50000", "met"),
        ("grant_part", Stage.MVP, "900000", "50000.01", "not_met"),
    ],
)
def test_caps_at_the_limit_and_a_cent_beyond(rule, stage, base, requested, expected):
    project = {
        "stage": stage,
        "eligible_base": base and Decimal(base),
        "requested": requested and Decimal(requested),
    }

    assert outcome(rule, project=project) == expected


def test_advance_has_no_grant_cap():
    rules = [found.rule for found in verdict(of=LAUNCH).findings]

    assert "grant_part" not in rules


@pytest.mark.parametrize(("months", "expected"), [(36, "met"), (37, "not_met"), (None, "unknown")])
def test_duration(months, expected):
    assert outcome("duration", project={"duration_months": months}) == expected


@pytest.mark.parametrize(
    ("own_funds", "severity", "expected", "eligible"),
    [
        ("40000", Severity.BLOCKING, "met", True),
        ("39999.99", Severity.BLOCKING, "not_met", False),
        ("39999.99", Severity.WARNING, "warning", True),
        (None, Severity.BLOCKING, "unknown", None),
        (None, Severity.WARNING, "unknown", True),
    ],
)
def test_own_funds_block_or_warn_as_the_call_says(own_funds, severity, expected, eligible):
    judged = verdict(
        project={"own_funds": own_funds and Decimal(own_funds)}, caps={"own_funds": severity}
    )

    assert (judged.finding("own_funds").outcome, judged.eligible) == (expected, eligible)


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        # 40 000 asked on 23 November 2026
        ([], "met"),
        ([aid("2025-01-01", "260000")], "met"),  # exactly 300 000
        ([aid("2025-01-01", "260000.01")], "not_met"),
        ([aid("2023-11-23", "260000.01")], "met"),  # three years ago: out of the window
        ([aid("2023-11-24", "260000.01")], "not_met"),  # first day inside
        ([aid("2026-11-23", "260000.01")], "not_met"),  # last day inside
        ([aid("2024-02-01", "130000"), aid("2026-02-01", "130000")], "met"),
        ([aid("2024-02-01", "130000"), aid("2026-02-01", "130000.01")], "not_met"),
        ([aid("2025-01-01", "260000.01", OWN)], "not_met"),
        ([aid("2025-01-01", "260000.01", SISTER)], "not_met"),  # linked: one undertaking
        ([aid("2025-01-01", "260000.01", PARTNER)], "met"),  # a partner is another one
        ([aid("2025-01-01", "260000.01", STRANGER)], "unknown"),
        ([aid("2025-01-01", "260000", STRANGER)], "met"),  # fits wherever it belongs
    ],
)
def test_de_minimis_over_three_rolling_years(received, expected):
    company = {
        "de_minimis": tuple(received),
        "linked": (related(siren=SISTER, headcount=1, turnover=1, balance_sheet=1),),
        "partners": (related(siren=PARTNER, headcount=1, turnover=1, balance_sheet=1, share=30),),
    }

    assert outcome("de_minimis", company=company) == expected


@pytest.mark.parametrize(
    ("on", "granted", "expected"),
    [
        ("2028-02-29", "2025-02-28", "met"),
        ("2028-02-29", "2025-03-01", "not_met"),
        ("2027-02-28", "2024-02-28", "met"),
        ("2027-02-28", "2024-02-29", "not_met"),
    ],
)
def test_de_minimis_window_on_leap_days(on, granted, expected):
    company = {"de_minimis": (aid(granted, "300000"),)}

    assert outcome("de_minimis", company=company, on=D(on)) == expected


@pytest.mark.parametrize(
    ("company", "missing"),
    [
        ({"de_minimis": None}, ("company.de_minimis",)),
        ({"linked": None}, ("company.linked",)),
    ],
)
def test_de_minimis_not_declared_is_unknown(company, missing):
    found = verdict(company=company).finding("de_minimis")

    assert (found.outcome, found.missing) == ("unknown", missing)


@pytest.mark.parametrize(
    ("equivalent", "expected"),
    [(None, "unknown"), ("50000", "met"), ("50000.01", "not_met")],
)
def test_advance_counts_by_its_grant_equivalent(equivalent, expected):
    judged = verdict(
        of=LAUNCH,
        company={"de_minimis": (aid("2025-01-01", "250000"),)},
        project={"gross_grant_equivalent": equivalent and Decimal(equivalent)},
    )

    assert judged.finding("de_minimis").outcome == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2023-12-31", "unknown"), ("2024-01-01", "met"), ("2030-12-31", "met"),
     ("2031-01-01", "not_met")],
)  # fmt: skip
def test_de_minimis_text_has_a_beginning_and_an_end(on, expected):
    assert outcome("de_minimis", company={"created_on": D("2023-01-01")}, on=D(on)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "met"),
        ({"created_on": D("2021-11-23")}, "met"),  # fifth birthday still counts
        ({"created_on": D("2021-11-22")}, "warning"),  # unverified numbers never block
        ({"headcount": Decimal(50)}, "warning"),
        ({"listed": True}, "warning"),
        ({"listed": None}, "unknown"),
    ],
)
def test_article_22(facts, expected):
    assert outcome("gber_22", company=facts) == expected


@pytest.mark.parametrize(
    ("company", "form", "ceiling"),
    [
        ({"rd_spend": None}, MVP, "500000"),
        ({"rd_spend": Decimal("39999.99")}, MVP, "500000"),
        ({"rd_spend": Decimal(40_000)}, MVP, "1000000"),  # a tenth of the charges: doubled
        ({"rd_spend": None, "in_c_area": True}, MVP, "750000"),
        ({"rd_spend": None}, LAUNCH, "1100000"),
        ({"rd_spend": None, "in_c_area": True}, LAUNCH, "1650000"),
    ],
)
def test_article_22_ceiling(company, form, ceiling):
    assert verdict(of=form, company=company).finding("gber_22").threshold == Decimal(ceiling)


@pytest.mark.parametrize(
    ("headcount", "research", "collaborative", "intensity"),
    [
        (12, Research.EXPERIMENTAL, False, "0.45"),
        (12, Research.EXPERIMENTAL, True, "0.60"),
        (60, Research.EXPERIMENTAL, False, "0.35"),
        (12, Research.INDUSTRIAL, False, "0.70"),
        (12, Research.INDUSTRIAL, True, "0.80"),  # 0.85 is held at 0.80
        (12, Research.FEASIBILITY, None, "0.70"),
        (12, Research.FUNDAMENTAL, None, "1.00"),
        (250, Research.INDUSTRIAL, False, "0.50"),
    ],
)
def test_article_25_intensity(headcount, research, collaborative, intensity):
    judged = verdict(
        company={"headcount": Decimal(headcount)},
        project={"research": research, "collaborative": collaborative},
    )

    assert judged.finding("gber_25").inputs["intensity"] == Decimal(intensity)


@pytest.mark.parametrize(
    ("company", "collaborative"),
    [
        ({}, None),  # with others or alone: fifteen points apart
        ({"headcount": None}, False),  # the size decides the bonus
        ({"headcount": Decimal(60), "turnover": None, "balance_sheet": None}, False),
    ],
)
def test_article_25_intensity_is_not_guessed(company, collaborative):
    """What decides a bonus is asked, never supposed."""
    judged = verdict(
        company=company,
        project={"research": Research.INDUSTRIAL, "collaborative": collaborative},
    )

    found = judged.finding("gber_25")
    assert found.outcome == "unknown"
    assert found.inputs["intensity"] is None


@pytest.mark.parametrize(
    ("requested", "starts", "equity", "expected"),
    [
        ("45000", "2026-11-23", "120000", "met"),  # 45 % of 100 000, begun on filing day
        ("45000.01", "2026-11-23", "120000", "not_met"),
        ("45000", "2026-11-22", "120000", "not_met"),  # begun the day before
        ("45000", "2026-11-23", "0", "not_met"),  # in difficulty
    ],
)
def test_article_25(requested, starts, equity, expected):
    found = outcome(
        "gber_25",
        company={"equity": Decimal(equity)},
        project={
            "research": Research.EXPERIMENTAL,
            "collaborative": False,
            "requested": Decimal(requested),
            "starts_on": D(starts),
        },
    )

    assert found == expected


@pytest.mark.parametrize("rule", ["gber_22", "gber_25"])
def test_block_exemption_ends_with_2026(rule):
    project = {
        "research": Research.EXPERIMENTAL,
        "collaborative": False,
        "starts_on": D("2027-06-01"),
    }

    assert outcome(rule, project=project, on=D("2026-12-31")) == "met"
    assert outcome(rule, project=project, on=D("2027-01-01")) == "not_met"


def test_full_de_minimis_leaves_another_basis_open_when_the_call_has_one():
    company = {"de_minimis": (aid("2025-01-01", "300000"),)}

    alone = verdict(company=company)
    both = verdict(company=company, caps={"regimes": (Regime.DE_MINIMIS, Regime.GBER_22)})

    assert (alone.eligible, both.eligible) == (False, True)


@pytest.mark.parametrize(
    ("other", "expected"),
    [("0", "met"), ("60000", "met"), ("60000.01", "warning"), (None, "unknown")],
)
def test_cumulation_stays_under_the_cost(other, expected):
    assert outcome("cumulation", project={"other_public_aid": other and Decimal(other)}) == expected


@pytest.mark.parametrize(
    ("starts", "expected"),
    [("2026-11-23", "met"), ("2026-11-22", "not_met"), (None, "unknown")],
)
def test_early_start_loses_lines_not_the_application(starts, expected):
    judged = verdict(project={"starts_on": starts and D(starts)})

    assert judged.finding("start_after_filing").outcome == expected
    assert judged.eligible is True
