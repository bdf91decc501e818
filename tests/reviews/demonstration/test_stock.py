"""The texts and the figures of the demonstration, before any row is written."""

from random import Random

import pytest
from stdnum.fr import siren as siren_number
from stdnum.fr import siret as siret_number

from accounts.organisations.departments import DEPARTMENTS
from reviews.demonstration import stock
from reviews.demonstration.chance import stream
from reviews.demonstration.files import pdf
from reviews.demonstration.numbers import plan_of, siren, siret
from reviews.demonstration.scoring import Jury

ALL = [*stock.under_review(), *stock.decided(), *stock.upcoming()]


def test_every_department_and_theme_is_under_review():
    assert {project.department for project in stock.under_review()} == set(DEPARTMENTS)
    assert {project.theme for project in stock.under_review()} == set(stock.THEMES)
    assert len(stock.under_review()) == 60


def test_no_company_and_no_title_comes_twice():
    assert len({project.company for project in ALL}) == len(ALL)
    assert len({project.title for project in ALL}) == len(ALL)


def test_texts_carry_french_spaces():
    assert stock.french("Prix : 1 250 € ; « oui »") == (
        "Prix\u00a0: 1\u202f250\u202f€\u202f; «\u00a0oui\u202f»"
    )
    assert stock.french({"a": ["40 %"]}) == {"a": ["40\u202f%"]}


def test_numbers_are_valid_and_belong_to_nobody():
    for n in (101_001, 101_038, 99_999_999):
        assert siret_number.is_valid(siret(n))
        assert siren_number.is_valid(siren(n))
    assert siret(101_001).startswith("00")


@pytest.mark.parametrize("project", ALL, ids=lambda project: project.company)
def test_budget_and_financing_have_the_same_total(project):
    plan = plan_of(project.stage, project.base, Random(3))  # noqa: S311
    assert sum(row[2] for row in plan.financing) == plan.total
    assert sum(amount for _nature, amount in plan.budget) >= plan.base
    assert all(amount > 0 for _source, _nature, amount, _secured in plan.financing)
    assert plan.requested * 2 <= plan.base
    assert plan.requested <= (50_000 if project.stage == "mvp" else 200_000)


def test_one_subject_has_one_stream():
    assert stream(1, "a").random() == stream(1, "a").random()
    assert stream(1, "a").random() != stream(1, "b").random()
    assert stream(1, "a").random() != stream(2, "a").random()


def test_a_severe_expert_marks_lower_on_average():
    jury = Jury(1, top=5)
    experts = sorted((f"expert {n}" for n in range(40)), key=jury.severity)
    mild, severe = experts[0], experts[-1]

    def mean(expert):
        marks = [
            jury.opinion(f"d{n}", expert, 2, ["innovation", "impact"]).marks for n in range(60)
        ]
        return sum(sum(given.values()) for given in marks) / 120

    assert mean(mild) - mean(severe) > 1


def test_an_expert_repeats_nothing_before_all_is_said():
    jury = Jury(1, top=5)
    known = stock.read("opinions")["innovation"]["high"]
    said = [jury.say("expert", "innovation", 5) for _time in known]
    assert sorted(said) == sorted(known)


def test_the_file_is_a_pdf_whose_table_points_at_its_objects():
    content = pdf("Titre (a)", ["Été \u202f€ " * 80] * 12)
    assert content.startswith(b"%PDF-1.4")
    assert content.endswith(b"%%EOF\n")
    start = int(content.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    offsets = [int(line[:10]) for line in content[start:].split(b"\n")[3:] if b" n " in line]
    assert offsets
    for number, offset in enumerate(offsets, 1):
        assert content[offset:].startswith(b"%d 0 obj" % number)
    assert content.count(b"/Type /Page ") > 1
    assert pdf("a", ["b"]) == pdf("a", ["b"]) != pdf("a", ["c"])
