import pytest

from reviews.assignments.problem import Problem, Reviewer, read_problem

SOUND = {
    "reviews_per_dossier": 1,
    "dossiers": ["D1", "D2"],
    "reviewers": [{"id": "R1", "min": 0, "max": 2, "group": "lab"}, {"id": "R2", "max": 1}],
    "affinity": [[0.5, 1], [0, 0.25]],
    "forbidden": [["D1", "R2"]],
    "fixed": [["D2", "R2"]],
    "floor": 0.2,
    "max_per_group": 1,
}


def test_a_sound_document_becomes_a_problem():
    assert read_problem(SOUND) == Problem(
        reviews_per_dossier=1,
        dossiers=("D1", "D2"),
        reviewers=(Reviewer("R1", 0, 2, "lab"), Reviewer("R2", 0, 1, None)),
        affinity=((0.5, 1.0), (0.0, 0.25)),
        forbidden=frozenset({("D1", "R2")}),
        fixed=frozenset({("D2", "R2")}),
        floor=0.2,
        max_per_group=1,
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"dossiers": ["D1", "D1"]}, "dossiers: D1 comes twice"),
        ({"reviewers": [{"id": "R1", "max": 1}] * 2}, "reviewers: R1 comes twice"),
        ({"reviewers": [{"id": "R1", "max": 1}]}, "affinity of D1: 2 values for 1 reviewers"),
        ({"reviewers": [{"id": "R1"}, {"id": "R2", "max": 1}]}, "reviewer number 1: missing max"),
        ({"reviewers": [{"id": "R1", "min": 3, "max": 1}, {"id": "R2", "max": 1}]}, "R1: min"),
        ({"affinity": [[0.5, 1]]}, "1 rows for 2 dossiers"),
        ({"affinity": [[0.5, -1], [0, 0]]}, "affinity, row 1: -1"),
        ({"affinity": [[0.5, "1"], [0, 0]]}, "affinity, row 1: a number"),
        ({"forbidden": [["D9", "R2"]]}, "unknown dossier D9"),
        ({"forbidden": [["D1", "R9"]]}, "unknown reviewer R9"),
        ({"forbidden": [["D1", "R2"]] * 2}, "comes twice"),
        ({"forbidden": [["D1"]]}, "a pair"),
        ({"forbidden": [["D2", "R2"]]}, "both fixed and forbidden"),
        ({"fixed": [["D2", "R2"], ["D2", "R1"]]}, "D2: 2 fixed reviewers, too many"),
        ({"fixed": [["D2", "R2"], ["D1", "R2"]], "forbidden": []}, "R2: more fixed dossiers"),
        ({"reviews_per_dossier": 0}, "reviews_per_dossier: at least 1"),
        ({"reviews_per_dossier": 1.0}, "a whole number"),
        ({"max_per_group": 0}, "max_per_group: at least 1"),
        ({"floor": -1}, "floor"),
        ({"flour": 1}, "unknown flour"),
    ],
)  # fmt: skip
def test_a_document_that_contradicts_itself_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        read_problem(SOUND | change)


def test_fixed_reviewers_over_the_group_limit_are_refused():
    both = {
        "reviews_per_dossier": 2,
        "reviewers": [{"id": name, "max": 2, "group": "lab"} for name in ("R1", "R2")],
        "forbidden": [],
        "fixed": [["D1", "R1"], ["D1", "R2"]],
    }

    with pytest.raises(ValueError, match="D1: too many fixed reviewers of group lab"):
        read_problem(SOUND | both)
