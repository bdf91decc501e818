from dataclasses import replace
from math import isclose

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.assignments.matching import Assignment, assign
from reviews.assignments.problem import Problem, Reviewer
from reviews.assignments.shortage import Idle, Short, Shortage
from tests.reviews.assignments.brute_force import BY_HAND, every_assignment, sums, teams_of


def test_greatest_total_of_the_case_by_hand():
    assignment = assign(BY_HAND)

    assert len(list(every_assignment(BY_HAND))) == 765
    assert (assignment.total, assignment.worst, assignment.optimal) == (446, 29, True)
    assert teams_of(assignment) == {
        "1": {"3", "4"},
        "2": {"1", "5"},
        "3": {"1", "3"},
        "4": {"2", "5"},
    }


def test_floor_lifts_the_worst_dossier_of_the_case_by_hand():
    assignment = assign(replace(BY_HAND, floor=83))

    assert (assignment.total, assignment.worst, assignment.under_floor) == (388, 83, ())
    assert teams_of(assignment) == {
        "1": {"1", "5"},
        "2": {"2", "3"},
        "3": {"3", "4"},
        "4": {"1", "5"},
    }


def test_floor_already_reached_changes_nothing():
    assert assign(replace(BY_HAND, floor=29)) == assign(BY_HAND)


@pytest.mark.parametrize("floor", [40, 60, 75, 84, 100, 150])
def test_floor_first_then_total_as_by_trying_all(floor):
    reached = [sums(BY_HAND, teams) for teams in every_assignment(BY_HAND)]
    short = [sum(max(floor - one, 0) for one in each) for each in reached]
    best = max(sum(each) for each, lack in zip(reached, short, strict=True) if lack == min(short))

    assert assign(replace(BY_HAND, floor=floor)).total == best


def test_floor_out_of_reach_names_the_dossiers_under_it():
    assignment = assign(replace(BY_HAND, floor=84))

    best = min(
        (sum(max(84 - value, 0) for value in sums(BY_HAND, teams)), -sum(sums(BY_HAND, teams)))
        for teams in every_assignment(BY_HAND)
    )
    assert assignment.total == -best[1]
    assert assignment.under_floor == ("4",)


def test_conflicts_that_leave_a_dossier_short_are_named():
    problem = Problem(
        reviews_per_dossier=2,
        dossiers=("D1", "D2", "D3"),
        reviewers=tuple(Reviewer(name, 0, 2) for name in ("R1", "R2", "R3")),
        affinity=((0.5,) * 3,) * 3,
        forbidden=frozenset({("D3", "R1"), ("D3", "R2")}),
    )

    assert assign(problem) == Shortage((Short("D3", 1, "conflict"),), (), placed=5, wanted=6)


def test_nobody_to_ask_is_a_shortage_and_no_crash():
    problem = replace(
        BY_HAND, dossiers=("D1",), reviewers=(), affinity=((),), forbidden=frozenset()
    )

    assert assign(problem) == Shortage((Short("D1", 2, "load"),), (), placed=0, wanted=2)


def test_too_little_load_is_named():
    problem = replace(BY_HAND, reviewers=tuple(Reviewer(str(rank), 0, 1) for rank in range(1, 6)))

    shortage = assign(problem)

    assert (shortage.placed, shortage.wanted) == (5, 8)
    assert sum(short.missing for short in shortage.short) == 3
    assert {short.because for short in shortage.short} == {"load"}


def test_reviewers_all_of_one_group_are_named():
    same = tuple(Reviewer(str(rank), 0, 4, "lab") for rank in range(1, 6))

    shortage = assign(replace(BY_HAND, reviewers=same, max_per_group=1))

    assert shortage.short == tuple(Short(name, 1, "group") for name in "1234")


def test_minimum_load_that_cannot_be_met_names_the_reviewer():
    reviewers = (Reviewer("1", 5, 9), *BY_HAND.reviewers[1:])

    shortage = assign(replace(BY_HAND, reviewers=reviewers))

    assert (shortage.short, shortage.idle) == ((), (Idle("1", 1),))


def test_fixed_pair_is_kept():
    assignment = assign(replace(BY_HAND, fixed=frozenset({("4", "4")})))

    assert ("4", "4") in assignment.pairs
    assert assignment.total < 446


def test_two_separate_pools_are_reported_as_two_pieces():
    apart = frozenset({("1", "3"), ("1", "4"), ("2", "1"), ("2", "2")})
    problem = Problem(
        reviews_per_dossier=2,
        dossiers=("1", "2"),
        reviewers=tuple(Reviewer(str(rank), 0, 1) for rank in range(1, 5)),
        affinity=((1.0,) * 4,) * 2,
        forbidden=apart,
    )

    assert assign(problem).pieces == 2
    assert not assign(problem).connected
    assert assign(BY_HAND).connected


@pytest.mark.parametrize("floor", [None, 1.5])
def test_answer_does_not_depend_on_the_order_of_the_lists(floor):
    names = [f"D{rank}" for rank in range(6)]
    reviewers = [Reviewer(f"R{rank}", 0, 4) for rank in range(5)]
    same = Problem(2, tuple(names), tuple(reviewers), ((0.5,) * 5,) * 6, floor=floor)
    turned = replace(same, dossiers=tuple(names[::-1]), reviewers=tuple(reviewers[::-1]))

    assert sorted(assign(same).pairs) == sorted(assign(turned).pairs)


@st.composite
def problems(draw):
    dossiers = tuple(f"D{rank}" for rank in range(draw(st.integers(1, 4))))
    groups = st.sampled_from([None, "a", "b"])
    reviewers = tuple(
        Reviewer(f"R{rank}", draw(st.integers(0, 1)), draw(st.integers(1, 4)), draw(groups))
        for rank in range(draw(st.integers(2, 5)))
    )
    pairs = st.tuples(st.sampled_from(dossiers), st.sampled_from([one.id for one in reviewers]))
    forbidden = draw(st.frozensets(pairs, max_size=3))
    row = st.tuples(*[st.integers(0, 9).map(lambda value: value / 10) for _ in reviewers])
    return Problem(
        reviews_per_dossier=draw(st.integers(1, 2)),
        dossiers=dossiers,
        reviewers=reviewers,
        affinity=draw(st.tuples(*[row for _ in dossiers])),
        forbidden=forbidden,
        fixed=draw(st.frozensets(pairs, max_size=1)) - forbidden,
        floor=draw(st.sampled_from([None, 0.6, 1.2])),
        max_per_group=draw(st.sampled_from([None, 1])),
    )


@given(problems())
@settings(max_examples=150, deadline=None)
def test_agrees_with_trying_every_assignment(problem):
    floor = problem.floor or 0
    values = [
        (round(sum(max(floor - one, 0) for one in per_dossier), 9), -sum(per_dossier))
        for per_dossier in (sums(problem, teams) for teams in every_assignment(problem))
    ]

    answer = assign(problem)

    assert isinstance(answer, Assignment) == bool(values)
    if values:
        least = min(shortfall for shortfall, _ in values)
        total = max(-minus for shortfall, minus in values if isclose(shortfall, least))
        assert isclose(answer.total, total, abs_tol=1e-9)
        assert set(answer.pairs) >= problem.fixed
        assert not set(answer.pairs) & problem.forbidden
    else:
        assert answer.short or answer.idle


def test_a_region_sized_call_keeps_every_rule():
    draw = np.random.default_rng(3)
    dossiers = tuple(f"D{rank}" for rank in range(100))
    reviewers = tuple(Reviewer(f"R{rank}", 8, 12, f"G{rank // 3}") for rank in range(30))
    affinity = tuple(map(tuple, draw.random((100, 30)).round(6).tolist()))
    forbidden = frozenset((d, one.id) for d in dossiers for one in reviewers if draw.random() < 0.1)

    answer = assign(Problem(3, dossiers, reviewers, affinity, forbidden, max_per_group=1))

    load = [sum(r == one.id for _, r in answer.pairs) for one in reviewers]
    groups = [(d, next(one.group for one in reviewers if one.id == r)) for d, r in answer.pairs]
    assert answer.optimal
    assert len(answer.pairs) == 300
    assert (min(load) >= 8, max(load) <= 12) == (True, True)
    assert len(set(groups)) == 300
    assert not set(answer.pairs) & forbidden
