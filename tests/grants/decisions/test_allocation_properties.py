"""The allocation against trying everything, and what must hold whatever the input."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.decisions.allocation import allocate, fund_in_order
from grants.decisions.problem import Conflict, Line, Option, Problem, Rule

REMOVALS = {
    "floor": lambda problem: replace(problem, floors=()),
    "cap": lambda problem: replace(problem, caps=()),
    "max_awards": lambda problem: replace(problem, max_awards=None),
    "envelope": lambda problem: replace(problem, envelope=1000),
    "one": lambda problem: replace(
        problem, lines=tuple(replace(line, group=None) for line in problem.lines)
    ),
}


@st.composite
def lines(draw, *, options=False, most=6):
    made = []
    for rank in range(draw(st.integers(1, most))):
        asked = draw(st.integers(1, 9))
        choices = draw(
            st.lists(st.tuples(st.integers(1, 9), st.integers(0, 5)), max_size=2, unique_by=min)
        )
        made.append(
            Line(
                f"D{rank}",
                asked,
                minimum=draw(st.one_of(st.none(), st.integers(0, asked))),
                ceiling=draw(st.one_of(st.none(), st.integers(0, 9))),
                score=draw(st.integers(0, 3)),
                theme=draw(st.sampled_from(["energy", "health"])),
                department=draw(st.sampled_from(["09", "31"])),
                group=draw(st.sampled_from([None, None, "1"])),
                options=tuple(Option(amount, value) for amount, value in dict(choices).items())
                if options and choices
                else None,
            )
        )
    return tuple(made)


@st.composite
def rules(draw):
    keys = draw(st.sampled_from([(("theme", "health"),), (("department", "31"),)]))
    return (Rule(keys, draw(st.integers(0, 12))),)


@st.composite
def problems(draw, mode="rank", **wanted):
    return Problem(
        envelope=draw(st.integers(0, 25)),
        lines=draw(lines(**wanted)),
        mode=mode,
        floors=draw(st.one_of(st.just(()), rules())),
        caps=draw(st.one_of(st.just(()), rules())),
        max_awards=draw(st.one_of(st.none(), st.integers(0, 4))),
        ties=draw(st.sampled_from(["none", "score"])),
    )


def kept(problem, paid):
    """Whether amounts per dossier (0: none) keep every rule."""
    counted = [(line, amount) for line, amount in zip(problem.lines, paid, strict=True) if amount]
    groups = [line.group for line, _ in counted if line.group is not None]
    return (
        sum(paid) <= problem.envelope
        and (problem.max_awards is None or len(counted) <= problem.max_awards)
        and len(groups) == len(set(groups))
        and all(total(rule, counted) <= rule.amount for rule in problem.caps)
        and all(total(rule, counted) >= rule.amount for rule in problem.floors)
    )


def total(rule, counted):
    return sum(amount for line, amount in counted if rule.covers(line))


def every_allocation(problem, ways):
    return [paid for paid in product(*map(ways, problem.lines)) if kept(problem, paid)]


def any_amount(line):
    return [0, *(amount for amount in range(1, 10) if line.fit(amount) == amount)]


def one_choice(line):
    if line.options is None:
        return sorted({0, line.fit(line.payable)})
    return [0, *(one.amount for one in line.options if line.fit(one.amount) == one.amount)]


def worth(problem, paid):
    return sum(
        next((one.value for one in line.options if one.amount == amount), 0)
        if line.options is not None
        else line.score * (amount > 0)
        for line, amount in zip(problem.lines, paid, strict=True)
    )


def paid_by(problem, allocation):
    amounts = {award.id: award.amount for award in allocation.awards}
    return tuple(amounts.get(line.id, 0) for line in problem.lines)


# Fewer do not always meet a floor that a better dossier would eat.
@given(problems(most=4))
@settings(max_examples=5 * settings.default.max_examples)
def test_by_rank_every_rule_is_kept_and_every_jump_is_named(problem):
    allocation = allocate(problem)
    possible = every_allocation(problem, any_amount)

    assert isinstance(allocation, Conflict) == (not possible)
    if possible:
        paid = paid_by(problem, allocation)
        named = {one.id for one in (*allocation.refused, *allocation.displaced)}
        last = max((rank for rank, amount in enumerate(paid) if amount), default=0)
        jumped = [
            line.id
            for line, amount in zip(problem.lines[:last], paid[:last], strict=True)
            if not amount
        ]
        assert kept(problem, paid)
        assert paid in possible
        assert named >= set(jumped)
        assert allocation.spent == sum(paid) == problem.envelope - allocation.left


@given(problems(most=5, options=True))
def test_every_dossier_is_awarded_reserved_or_refused(problem):
    allocation = allocate(problem)

    if not isinstance(allocation, Conflict):
        ids = [
            *(award.id for award in allocation.awards),
            *allocation.reserve,
            *(refusal.id for refusal in allocation.refused),
        ]
        assert sorted(ids) == sorted(line.id for line in problem.lines)


@given(problems(most=5))
def test_a_conflict_needs_each_of_its_rules_and_no_other(problem):
    conflict = allocate(problem)

    if isinstance(conflict, Conflict):
        alone = problem
        for name in set(REMOVALS) - {one.split()[0] for one in conflict.names}:
            alone = REMOVALS[name](alone)
        assert isinstance(allocate(alone), Conflict)
        for name in conflict.names:
            assert not isinstance(allocate(REMOVALS[name.split()[0]](alone)), Conflict)


@given(st.integers(0, 25), lines())
def test_an_envelope_alone_is_the_plain_descent(envelope, ranked):
    expected, left, groups = {}, envelope, set()
    for line in ranked:
        if not line.fit(line.payable) or (line.group and line.group in groups):
            continue
        amount = line.fit(left)
        if amount:
            expected[line.id] = amount
            left -= amount
            groups.add(line.group)
        if amount < line.payable:
            break

    allocation = fund_in_order(ranked, envelope)

    assert {award.id: award.amount for award in allocation.awards} == expected


@given(problems(mode="portfolio", options=True, most=5))
def test_portfolio_is_the_best_of_all_and_the_first_by_rank_among_equals(problem):
    allocation = allocate(problem)
    possible = every_allocation(problem, one_choice)

    if isinstance(allocation, Conflict):
        assert not possible
    else:
        best = max(worth(problem, paid) for paid in possible)
        equals = [paid for paid in possible if worth(problem, paid) == best]
        assert paid_by(problem, allocation) == max(equals)


@given(
    st.integers(1, 20),
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9)), min_size=2, max_size=5),
)
def test_ties_are_as_many_then_as_much_as_can_be(envelope, asks):
    tied = tuple(
        Line(f"D{rank}", asked, minimum=min(least, asked), score=1)
        for rank, (asked, least) in enumerate(asks)
    )
    choices = [
        paid
        for paid in product(*map(any_amount, tied))
        if sum(paid) <= envelope
        and sum(0 < amount < line.asked for amount, line in zip(paid, tied, strict=True)) <= 1
    ]
    best = max((sum(map(bool, paid)), sum(paid)) for paid in choices)

    allocation = allocate(Problem(envelope, tied, ties="score"))

    assert (len(allocation.awards), allocation.spent) == best


@pytest.mark.parametrize("mode", ["rank", "portfolio"])
def test_a_region_sized_call_with_crossing_rules_is_settled(mode):
    themes, departments = ["energy", "health", "mobility"], ["09", "31", "34", "81"]
    ranked = tuple(
        Line(
            f"D{rank}",
            asked=100_000 + 7_000 * (rank * 37 % 29),
            minimum=50_000,
            score=100 - rank / 3,
            theme=themes[rank % 3],
            department=departments[rank * 7 // 3 % 4],
        )
        for rank in range(60)
    )
    problem = Problem(
        envelope=3_000_000,
        lines=ranked,
        mode=mode,
        floors=(Rule((("department", "34"),), 400_000), Rule((("theme", "mobility"),), 900_000)),
        caps=(Rule((("department", "09"),), 1_200_000), Rule((("theme", "energy"),), 1_000_000)),
        max_awards=18,
    )

    allocation = allocate(problem)

    assert kept(problem, paid_by(problem, allocation))
    assert allocation.left < 50_000
