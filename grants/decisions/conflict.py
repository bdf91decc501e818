"""Which published rules cannot be kept together."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from grants.decisions.problem import Conflict, Problem, Rule
from grants.decisions.programme import Programme, columns_of
from grants.decisions.room import decided, whole_room

Relaxation = Callable[[Problem], Problem]


def conflict_of(problem: Problem) -> Conflict | None:
    """None when some allocation keeps every rule; only floors, and what was decided before, can
    make that fail.

    Otherwise a smallest set: rules are taken away one by one, and those without which the others
    would still fail are not named.
    """
    if not (problem.floors or decided(problem.lines)) or _feasible(problem):
        return None
    kept = problem
    names = []
    for name, without in _relaxations(problem):
        relaxed = without(kept)
        if _feasible(relaxed):
            names.append(name)
        else:
            kept = relaxed
    floors = [name for name in names if name.startswith("floor ")]
    return Conflict((*floors, *(name for name in names if name not in floors)))


def _feasible(problem: Problem) -> bool:
    settled = [line.group for line in decided(problem.lines) if line.decided and line.group]
    if len(settled) > len(set(settled)):
        return False
    whole = problem.mode == "portfolio"
    columns = [column for line in problem.lines for column in columns_of(line, whole=whole)]
    programme = Programme(problem, whole_room(problem), columns)
    return programme.solve(np.zeros(2 * programme.size)) is not None


def _relaxations(problem: Problem) -> list[tuple[str, Relaxation]]:
    """Each rule by name and how to take it away, floors last."""
    steps: list[tuple[str, Relaxation]] = []
    if any(line.group is not None for line in problem.lines):
        steps.append(("one award per group", _without_groups))
    if problem.max_awards is not None:
        steps.append(("max_awards", _without_count))
    steps += [(rule.named("cap"), partial(_without_cap, rule)) for rule in problem.caps]
    steps += [(one.name, partial(_without_payment, one.year)) for one in problem.payments]
    steps.append(("envelope", _without_envelope))
    steps += [
        (f"decided {line.id}", partial(_undecided, line.id)) for line in decided(problem.lines)
    ]
    steps += [(rule.named("floor"), partial(_without_floor, rule)) for rule in problem.floors]
    return steps


def _without_payment(year: str, problem: Problem) -> Problem:
    kept = tuple(one for one in problem.payments if one.year != year)
    return replace(problem, payments=kept)


def _undecided(name: str, problem: Problem) -> Problem:
    lines = (replace(line, decided=None) if line.id == name else line for line in problem.lines)
    return replace(problem, lines=tuple(lines))


def _without_count(problem: Problem) -> Problem:
    return replace(problem, max_awards=None)


def _without_cap(rule: Rule, problem: Problem) -> Problem:
    return replace(problem, caps=tuple(one for one in problem.caps if one != rule))


def _without_floor(rule: Rule, problem: Problem) -> Problem:
    return replace(problem, floors=tuple(one for one in problem.floors if one != rule))


def _without_envelope(problem: Problem) -> Problem:
    return replace(problem, envelope=sum(line.asked for line in problem.lines) + problem.envelope)


def _without_groups(problem: Problem) -> Problem:
    named = {key for rule in (*problem.floors, *problem.caps) for key, _ in rule.of}
    if "group" in named:
        return problem
    return replace(problem, lines=tuple(replace(line, group=None) for line in problem.lines))
