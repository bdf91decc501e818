"""Pairs that are kept as far as can be, and profiles that are mixed."""

from dataclasses import replace

import pytest

from reviews.assignments.matching import assign
from tests.reviews.assignments.brute_force import BY_HAND, KEPT, every_assignment, sums


@pytest.mark.parametrize("floor", [None, 83])
def test_as_few_kept_pairs_as_can_be_are_dropped_then_the_rest_is_best(floor):
    problem = replace(KEPT, floor=floor)
    names = [one.id for one in problem.reviewers]
    found = [
        (
            len(
                problem.kept
                - {(problem.dossiers[d], names[r]) for d, t in enumerate(teams) for r in t}
            ),
            sum(max((floor or 0) - one, 0) for one in sums(problem, teams)),
            -sum(sums(problem, teams)),
        )
        for teams in every_assignment(problem)
    ]

    answer = assign(problem)

    short = sum(max((floor or 0) - sum_of(problem, answer, d), 0) for d in problem.dossiers)
    assert (len(answer.dropped), short, -answer.total) == min(found)
    assert len(answer.dropped) == 1


def sum_of(problem, answer, dossier):
    row = problem.affinity[problem.dossiers.index(dossier)]
    places = [one.id for one in problem.reviewers]
    return sum(row[places.index(r)] for d, r in answer.pairs if d == dossier)


@pytest.mark.parametrize("group", [None, 1])
def test_profiles_are_mixed_on_every_dossier(group):
    profiles = ("lab", "lab", "firm", "firm", "lab")
    groups = ("a", "b", "a", "b", None)
    problem = replace(
        BY_HAND,
        reviewers=tuple(
            replace(one, group=g, profile=p)
            for one, g, p in zip(BY_HAND.reviewers, groups, profiles, strict=True)
        ),
        max_per_group=group,
        max_per_profile=1,
    )
    mixed = [
        sum(sums(problem, teams))
        for teams in every_assignment(problem)
        if all(len({profiles[r] for r in team}) == 2 for team in teams)
    ]

    answer = assign(problem)

    assert answer.optimal
    assert answer.total == max(mixed)
    assert answer.total < assign(BY_HAND).total


def test_one_profile_for_all_is_a_shortage_that_says_so():
    problem = replace(
        BY_HAND,
        reviewers=tuple(replace(one, profile="lab") for one in BY_HAND.reviewers),
        max_per_profile=1,
    )

    assert {one.because for one in assign(problem).short} == {"profile"}
