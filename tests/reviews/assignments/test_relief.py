from dataclasses import replace

import pytest

from reviews.assignments.matching import Assignment, assign
from reviews.assignments.problem import Problem, Reviewer
from reviews.assignments.relief import Relief, is_possible, reliefs

TWO_SHORT = Problem(
    reviews_per_dossier=2,
    dossiers=("D1", "D2", "D3"),
    reviewers=(Reviewer("R1", 0, 2, "a"), Reviewer("R2", 0, 2, "b")),
    affinity=((0.5, 0.5),) * 3,
)


def by_kind(problem, **options):
    return {one.kind: one for one in reliefs(problem, **options)}


def test_the_fewest_readings_beyond_the_loads_are_named():
    found = by_kind(TWO_SHORT)["load"]

    assert (found.number, dict(found.loads)) == (2, {"R1": 1, "R2": 1})


def test_fewer_reviews_and_newcomers_are_the_smallest_change_that_is_enough():
    found = by_kind(TWO_SHORT)

    assert found["reviews"] == Relief("reviews", 1)
    assert found["recruit"] == Relief("recruit", 1)
    assert is_possible(replace(TWO_SHORT, reviews_per_dossier=1))


def test_one_group_for_all_asks_for_a_wider_limit():
    people = tuple(Reviewer(name, 0, 9, "lab") for name in ("R1", "R2"))
    problem = replace(TWO_SHORT, reviewers=people, max_per_group=1)

    found = by_kind(problem)

    assert found["group"] == Relief("group", 2)
    assert "load" not in found


def test_only_the_refusals_that_stand_in_the_way_are_to_be_lifted():
    people = (Reviewer("R1", 0, 9), Reviewer("R2", 0, 9), Reviewer("R3", 0, 9))
    refusals = frozenset({("D1", "R1"), ("D1", "R2"), ("D2", "R3")})
    problem = replace(TWO_SHORT, reviewers=people, affinity=((0.5,) * 3,) * 3, forbidden=refusals)

    found = by_kind(problem, refusals=refusals)["refusals"]

    assert found.number == 1
    assert found.pairs in ((("D1", "R1"),), (("D1", "R2"),))


def test_promised_loads_that_cannot_be_met_are_to_be_lowered():
    people = tuple(Reviewer(name, 4, 9) for name in ("R1", "R2"))

    [found] = reliefs(replace(TWO_SHORT, reviewers=people))

    assert (found.kind, found.number) == ("least", 2)


@pytest.mark.parametrize("kind", ["load", "reviews"])
def test_a_problem_so_changed_has_an_assignment(kind):
    found = by_kind(TWO_SHORT)[kind]
    more = dict(found.loads)
    people = tuple(replace(one, most=one.most + more.get(one.id, 0)) for one in TWO_SHORT.reviewers)
    number = found.number if kind == "reviews" else 2

    changed = replace(TWO_SHORT, reviewers=people, reviews_per_dossier=number)

    assert isinstance(assign(changed), Assignment)
