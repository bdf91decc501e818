import pytest

from grants.decisions.problem import Line, Option, Payment, Problem, Rule
from grants.decisions.problem_file import read_problem

SOUND = {
    "envelope": 500,
    "mode": "portfolio",
    "dossiers": [
        {
            "id": "D1",
            "score": 88.5,
            "asked": 200,
            "minimum": 80,
            "ceiling": 150,
            "theme": "energy",
            "department": "31",
            "group": "532",
            "options": [[100, 2.5]],
        },
        {"id": "D2", "asked": 10, "score": 1, "ceiling": None},
    ],
    "floors": [{"of": {"theme": "health"}, "amount": 50}],
    "caps": [{"of": {"theme": "energy", "department": "31"}, "amount": 60}],
    "max_awards": 4,
    "ties": "score",
}


def changed(**change):
    return SOUND | {"dossiers": [SOUND["dossiers"][0] | change, SOUND["dossiers"][1]]}


def test_euros_become_cents():
    assert read_problem(SOUND) == Problem(
        envelope=50_000,
        lines=(
            Line(
                "D1",
                20_000,
                minimum=8_000,
                ceiling=15_000,
                score=88.5,
                theme="energy",
                department="31",
                group="532",
                options=(Option(10_000, 2.5),),
            ),
            Line("D2", 1_000, score=1.0),
        ),
        mode="portfolio",
        floors=(Rule((("theme", "health"),), 5_000),),
        caps=(Rule((("department", "31"), ("theme", "energy")), 6_000),),
        max_awards=4,
        ties="score",
    )


def test_a_rule_is_named_by_what_it_counts():
    assert read_problem(SOUND).caps[0].named("cap") == "cap department=31, theme=energy"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (SOUND | {"envelope": -1}, "envelope: -1"),
        (SOUND | {"envelope": 1.5}, "envelope: a whole number"),
        (SOUND | {"mode": "lottery"}, "unknown mode lottery"),
        (SOUND | {"ties": "coin"}, "unknown ties coin"),
        (SOUND | {"max_awards": -1}, "max_awards: -1"),
        (SOUND | {"dossiers": SOUND["dossiers"][:1] * 2}, "dossiers: D1 comes twice"),
        (SOUND | {"floors": [{"of": {}, "amount": 1}]}, "floor number 1, of: nothing named"),
        (SOUND | {"floors": [{"of": {"size": "x"}, "amount": 1}]}, "unknown size"),
        (SOUND | {"caps": SOUND["caps"] * 2}, "caps: .* comes twice"),
        (SOUND | {"budget": 1}, "unknown budget"),
        (changed(asked=0), "D1: the amount asked"),
        (changed(asked="200"), "dossier number 1, asked: a whole number"),
        (changed(minimum=201), "D1: the minimum"),
        (changed(ceiling=-1), "dossier number 1, ceiling: -1"),
        (changed(options=[[1, 1], [1, 2]]), "D1, options: 100 comes twice"),
        (changed(options=[[0, 1]]), "D1: an option"),
        (changed(options=[[1]]), "a pair"),
        (changed(score=None), "D1: a score is needed"),
        (changed(decided=201), "D1: what was decided"),
        (changed(shares={"2027": 60, "2028": 41}), "D1: the shares"),
        (SOUND | {"payments": {"2027": -1}}, "payments, 2027: -1"),
        (changed(aksed=1), "dossier number 1: unknown aksed"),
    ],
)  # fmt: skip
def test_a_document_that_contradicts_itself_is_refused(document, message):
    with pytest.raises(ValueError, match=message):
        read_problem(document)


@pytest.mark.parametrize(
    "wrong", [{"envelope": -1}, {"lines": (Line("A", 1), Line("A", 1))}, {"mode": "x"}]
)
def test_a_problem_made_in_code_is_checked_too(wrong):
    with pytest.raises(ValueError, match=r"envelope|twice|mode"):
        Problem(**{"envelope": 1, "lines": ()} | wrong)


def test_payment_years_and_what_was_decided_are_read():
    document = changed(decided=100, zone="grey") | {
        "payments": {"2027": 300},
        "shares": {"2027": 60, "2028": 40},
        "seed": "abc",
    }

    problem = read_problem(document)

    assert (problem.payments, problem.seed) == ((Payment("2027", 30_000),), "abc")
    assert problem.lines[0].shares == (("2027", 6_000), ("2028", 4_000))
    assert (problem.lines[0].decided, problem.lines[0].zone) == (10_000, "grey")
