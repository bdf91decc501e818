"""Small problems, and every assignment they have: what an optimum is checked against."""

from dataclasses import replace
from itertools import combinations, product

from reviews.assignments.problem import Problem, Reviewer

BY_HAND = Problem(
    reviews_per_dossier=2,
    dossiers=("1", "2", "3", "4"),
    reviewers=tuple(Reviewer(str(rank), 1, 2) for rank in range(1, 6)),
    affinity=(
        (55, 75, 21, 8, 33),
        (91, 36, 56, 11, 82),
        (95, 31, 85, 40, 33),
        (38, 19, 97, 14, 45),
    ),
    forbidden=frozenset({("1", "2"), ("4", "3")}),
)


def every_assignment(problem):
    """All feasible assignments, as tuples of reviewer places per dossier."""
    places = range(len(problem.reviewers))
    choices = [
        [
            team
            for team in combinations(places, problem.reviews_per_dossier)
            if not any((d, problem.reviewers[r].id) in problem.forbidden for r in team)
            and all(
                r in [problem.reviewers[p].id for p in team] for one, r in problem.fixed if one == d
            )
            and within_groups(problem, team)
        ]
        for d in problem.dossiers
    ]
    for teams in product(*choices):
        load = [sum(place in team for team in teams) for place in places]
        limits = zip(problem.reviewers, load, strict=True)
        if all(one.least <= count <= one.most for one, count in limits):
            yield teams


def within_groups(problem, team):
    groups = [problem.reviewers[place].group for place in team]
    limit = problem.max_per_group
    return limit is None or all(groups.count(one) <= limit for one in groups if one is not None)


def sums(problem, teams):
    return [sum(problem.affinity[row][place] for place in team) for row, team in enumerate(teams)]


def teams_of(assignment):
    teams = {}
    for dossier, reviewer in assignment.pairs:
        teams.setdefault(dossier, set()).add(reviewer)
    return teams


KEPT = replace(
    BY_HAND, kept=frozenset({("1", "3"), ("2", "3"), ("3", "3"), ("4", "4"), ("4", "2")})
)
