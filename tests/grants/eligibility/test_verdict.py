import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from grants.eligibility.caps import Regime, Severity
from grants.eligibility.facts import LABELS, Company, Project, Stage
from grants.eligibility.rules import RULES, Certainty, Rule, RuleBook
from grants.eligibility.verdict import judge
from tests.grants.eligibility.cases import COMPANY, LAUNCH, MVP, ON, aid, verdict

NARROW = "\u202f"


@pytest.mark.parametrize(
    ("case", "amount", "rule"),
    [
        ({}, "50000.00", "grant_part"),  # 50 % of 100 000 and the grant cap agree
        ({"project": {"eligible_base": Decimal(90_001)}}, "45000.50", "aid_rate"),
        ({"project": {"eligible_base": Decimal("90000.01")}}, "45000.00", "aid_rate"),
        ({"of": LAUNCH}, "200000.00", "aid_total"),
        ({"of": LAUNCH, "project": {"eligible_base": Decimal(300_000)}}, "150000.00", "aid_rate"),
        ({"company": {"de_minimis": (aid("2025-01-01", "290000"),)}}, "10000.00", "state_aid"),
        ({"company": {"de_minimis": (aid("2025-01-01", "310000"),)}}, "0.00", "state_aid"),
        (
            {"project": {"own_funds": Decimal(30_000)}, "caps": {"own_funds": Severity.BLOCKING}},
            "30000.00",
            "own_funds",
        ),
        (
            {"project": {"own_funds": Decimal(-5)}, "caps": {"own_funds": Severity.BLOCKING}},
            "0.00",
            "own_funds",
        ),
        # 10 000 of room, a quarter of the advance counts: 40 000 of advance
        (
            {
                "of": replace(LAUNCH, requested=Decimal(100_000)),
                "project": {"gross_grant_equivalent": Decimal(25_000)},
                "company": {"de_minimis": (aid("2025-01-01", "290000"),)},
            },
            "40000.00",
            "state_aid",
        ),
        ({"company": {"department": "75"}}, "0.00", "department"),
        ({"project": {"requested": Decimal(60_000)}}, "50000.00", "grant_part"),
    ],
)
def test_ceiling_and_what_holds_it(case, amount, rule):
    ceiling = verdict(**case).ceiling

    assert (ceiling.amount, ceiling.rule) == (Decimal(amount), rule)
    assert ceiling.complete


def test_ceiling_that_a_missing_fact_may_lower_says_so():
    ceiling = verdict(project={"eligible_base": None}).ceiling

    assert (ceiling.amount, ceiling.complete) == (Decimal("50000.00"), False)


@pytest.mark.parametrize(
    ("stage", "form"),
    [
        (Stage.MVP, "grant"),
        (Stage.PRE_SERIES, "repayable_advance"),
        (Stage.LAUNCH, "repayable_advance"),
        (None, None),
    ],
)
def test_form_follows_the_stage(stage, form):
    assert verdict(project={"stage": stage}).form == form


def test_sound_case_is_eligible_and_misses_nothing():
    judged = verdict()

    assert (judged.eligible, judged.obstacles, judged.missing) == (True, [], [])


def test_nothing_known_is_open_and_names_every_missing_fact():
    judged = judge(Company(), Project(), on=ON)

    assert judged.eligible is None
    assert judged.missing == [
        "company.department",
        "company.created_on",
        "company.headcount",
        "company.linked",
        "company.partners",
        "company.turnover",
        "company.balance_sheet",
        "company.in_insolvency",
        "company.equity",
        "company.capital",
        "project.stage",
        "project.eligible_base",
        "project.requested",
        "project.duration_months",
        "company.de_minimis",
    ]
    assert {found.outcome for found in judged.findings} == {"unknown"}


FACTS = [("company", fact) for fact in Company.__dataclass_fields__] + [
    ("project", fact) for fact in Project.__dataclass_fields__
]


@pytest.mark.parametrize(("of", "fact"), FACTS)
def test_any_missing_fact_is_survived_and_every_open_finding_names_one(of, fact):
    judged = verdict(**{of: {fact: None}})

    for found in judged.findings:
        assert (found.outcome == "unknown") == bool(found.missing), found.rule
        assert set(found.missing) <= set(LABELS)


def test_one_obstacle_decides_even_when_facts_are_missing():
    judged = verdict(company={"department": "75", "equity": None})

    assert judged.eligible is False
    assert [found.rule for found in judged.obstacles] == ["department"]


def test_caps_of_the_call_replace_those_of_the_scheme():
    caps = {"total": Decimal(30_000), "reference": "Règlement 2027, art. 5"}

    found = verdict(caps=caps).finding("aid_total")

    assert (found.outcome, found.reference) == ("not_met", "Règlement 2027, art. 5")


def test_unverified_caps_warn():
    found = verdict(caps={"total": Decimal(30_000), "certainty": Certainty.TO_VERIFY})

    assert found.finding("aid_total").outcome == "warning"
    assert found.eligible is True


def test_scheme_before_its_vote_only_warns():
    judged = verdict(project={"requested": Decimal(60_000)}, on=date(2024, 7, 10))

    assert judged.finding("aid_rate").outcome == "warning"


def test_sentence_speaks_french_typography():
    found = verdict(project={"requested": Decimal("50000.01")}).finding("grant_part")

    assert found.sentence == (
        f"Plafond de la subvention{NARROW}: la demande (50{NARROW}000,01{NARROW}€) "
        f"dépasse 50{NARROW}000{NARROW}€."
    )
    assert found.remedy == f"Ramenez la demande à 50{NARROW}000{NARROW}€ au plus."


@pytest.mark.parametrize(
    "judged",
    [verdict(), verdict(of=LAUNCH), judge(Company(), Project(), on=ON),
     verdict(company={"department": "75", "equity": Decimal(0), "rd_spend": Decimal(0)})],
)  # fmt: skip
def test_no_sentence_shows_code_or_plain_spaces_before_punctuation(judged):
    for found in judged.findings:
        assert not re.search(r"None|True|False|\w_\w| [:;!?€%»]|« ", found.sentence), found.rule
        assert found.sentence.endswith(".")
        assert found.reference


def test_json_is_plain_and_repeats_itself():
    first = json.dumps(verdict().as_json())
    again = json.dumps(judge(COMPANY, MVP, on=ON).as_json())

    assert first == again
    assert json.loads(first)["ceiling"]["amount"] == "50000.00"


def test_two_versions_of_a_rule_on_one_day_are_refused():
    first = Rule("x", Decimal(1), "A", Certainty.CERTAIN, date(2020, 1, 1), date(2024, 12, 31))
    second = replace(first, valid_from=date(2024, 12, 31), valid_to=None)

    with pytest.raises(ValueError, match="same day"):
        RuleBook([first, second])


def test_every_rule_has_a_reference_and_an_orderly_period():
    for rule in RULES.all():
        assert rule.reference
        assert rule.valid_to is None or rule.valid_from <= rule.valid_to


def test_closed_bases_leave_the_room_they_had_even_when_one_is_named_twice():
    full = {"de_minimis": (aid("2025-01-01", "310000"),)}

    ceiling = verdict(company=full, caps={"regimes": (Regime.DE_MINIMIS,) * 2}).ceiling

    assert (ceiling.amount, ceiling.rule) == (Decimal("0.00"), "state_aid")
