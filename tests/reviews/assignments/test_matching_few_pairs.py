"""Solving few pairs first is a matter of speed alone."""

from dataclasses import replace

import numpy as np
import pytest

from reviews.assignments.matching import assign
from reviews.assignments.problem import Problem, Reviewer


def drawn(dossiers, reviewers, seed, **rules):
    numbers = np.random.default_rng(seed)
    affinity = numbers.random((dossiers, reviewers)).round(2)
    people = tuple(
        Reviewer(f"R{place}", 0, 3 * dossiers // reviewers + 2) for place in range(reviewers)
    )
    return Problem(
        reviews_per_dossier=3,
        dossiers=tuple(f"D{place}" for place in range(dossiers)),
        reviewers=people,
        affinity=tuple(map(tuple, affinity.tolist())),
        **rules,
    )


@pytest.mark.parametrize("floor", [None, 2.6])
def test_solving_few_pairs_first_changes_nothing_of_the_answer(monkeypatch, floor):
    problem = drawn(60, 40, 5, floor=floor)
    monkeypatch.setattr("reviews.assignments.stages.SMALL", 10**9)
    monkeypatch.setattr("reviews.assignments.optimum.DEPTH", 10**6)
    whole = assign(problem)
    monkeypatch.setattr("reviews.assignments.stages.SMALL", 0)
    monkeypatch.setattr("reviews.assignments.stages.DEPTH", 1)
    monkeypatch.setattr("reviews.assignments.optimum.DEPTH", 0)

    few = assign(problem)

    assert (few.total, few.under_floor, few.optimal) == (whole.total, whole.under_floor, True)
    assert floor or few.pairs == whole.pairs


def test_an_impossible_problem_is_said_so_though_few_pairs_are_solved_first(monkeypatch):
    monkeypatch.setattr("reviews.assignments.optimum.DEPTH", 0)
    problem = drawn(30, 6, 1)
    people = tuple(replace(one, most=14) for one in problem.reviewers)

    assert assign(replace(problem, reviewers=people)).wanted == 90
