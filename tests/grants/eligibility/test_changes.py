"""Counterfactuals: every change is judged again by the engine, and is the smallest one."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from grants.eligibility.caps import default_caps
from grants.eligibility.changes import Case, changes_of, last_day
from grants.eligibility.rules import RULES
from tests.grants.eligibility.cases import COMPANY, LAUNCH, MVP, ON, aid

D = date.fromisoformat


def case(*, company=None, project=None, of=MVP, on=ON, caps=None):
    return Case(
        replace(COMPANY, **(company or {})),
        replace(of, gross_grant_equivalent=Decimal(10_000), **(project or {})),
        on,
        replace(default_caps(RULES, on), **(caps or {})),
    )


def told(found):
    return {(change.rule, change.fact, str(change.value)) for change in changes_of(found).single}


@pytest.mark.parametrize(
    ("company", "project", "expected"),
    [
        ({}, {"requested": Decimal("50000.01")}, {("grant_part", "project.requested", "50000"),
          ("grant_part", "project.stage", "pre_series"), ("aid_rate", "project.requested", "50000"),
          ("aid_rate", "project.eligible_base", "100001")}),
        ({}, {"eligible_base": Decimal("39999.99"), "requested": Decimal(10_000)},
         {("base_minimum", "project.eligible_base", "40000")}),
        ({}, {"duration_months": 60}, {("duration", "project.duration_months", "36")}),
        ({"department": "75"}, {}, {("department", "company.department", "09")}),
        ({"active": False}, {}, {("active", "company.active", "True")}),
        ({"in_insolvency": True}, {}, {("difficulty", "company.in_insolvency", "False")}),
        ({"equity": Decimal(49_999)}, {}, {("difficulty", "company.equity", "50000")}),
        ({"headcount": Decimal(400)}, {}, {("sme_size", "company.headcount", "249")}),
        ({"created_on": D("2018-11-23")}, {}, set()),
        ({}, {}, set()),
    ],
)  # fmt: skip
def test_the_smallest_change_of_each_fact_is_told(company, project, expected):
    assert told(case(company=company, project=project)) == expected


def test_an_aid_of_the_past_is_waited_for():
    found = case(company={"de_minimis": (aid("2024-03-01", 295_000),)})

    change = next(c for c in changes_of(found).single if c.fact == "on")

    assert change.value == D("2027-03-01")
    assert change.sentence == "Déposer à partir du 1er mars 2027."


def test_a_change_that_leaves_another_obstacle_is_not_enough():
    found = changes_of(case(company={"department": "75"}, project={"duration_months": 60}))

    assert [change.enough for change in found.single] == [False, False]
    assert found.together.obstacles == []


def test_what_nothing_lifts_is_said():
    assert changes_of(case(company={"created_on": D("2015-01-01")})).hopeless == ("age",)


@pytest.mark.parametrize("of", [MVP, LAUNCH])
def test_each_change_is_the_nearest_one(of):
    found = case(of=of, company={"equity": Decimal(10)}, project={"duration_months": 99})
    for change in changes_of(found).single:
        if change.fact in {"company.equity", "project.duration_months"}:
            step = -1 if change.fact == "company.equity" else 1
            nearer = found.having(change.fact, change.value + step).judged()
            assert change.rule in [one.rule for one in nearer.obstacles]


def test_the_last_day_is_the_eve_of_the_birthday():
    found = case(company={"created_on": ON.replace(year=ON.year - 7)})

    last = last_day(found)

    assert last == ON.replace(year=ON.year + 1) - timedelta(days=1)
    assert found.having("on", last).judged().obstacles == []
    assert found.having("on", last + timedelta(days=1)).judged().obstacles != []


def test_a_refused_case_has_no_last_day():
    assert last_day(case(company={"department": "75"})) is None
