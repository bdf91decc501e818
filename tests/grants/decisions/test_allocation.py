from dataclasses import replace

import pytest

from grants.decisions.allocation import allocate, fund_in_order
from grants.decisions.lots import drawn
from grants.decisions.problem import (
    Allocation,
    Award,
    Conflict,
    Displaced,
    Line,
    Option,
    Payment,
    Problem,
    Refusal,
    Rule,
)

A, B = Line("A", 40), Line("B", 35)
C, D = Line("C", 30, minimum=20), Line("D", 20, minimum=10)
HEALTH = Rule((("theme", "health"),), 20)


def amounts(allocation):
    return {award.id: award.amount for award in allocation.awards}


def test_remainder_goes_to_the_first_that_does_not_fit():
    assert fund_in_order([A, B, C, D], 100) == Allocation(
        mode="rank",
        awards=(
            Award("A", 40, True, None),
            Award("B", 35, True, None),
            Award("C", 25, False, "envelope"),
        ),
        reserve=("D",),
        refused=(),
        spent=100,
        left=0,
        optimal=True,
        displaced=(),
    )


def test_nobody_below_jumps_a_dossier_the_remainder_cannot_help():
    allocation = fund_in_order([A, B, replace(C, minimum=28), D], 100)

    assert amounts(allocation) == {"A": 40, "B": 35}
    assert (allocation.left, allocation.reserve) == (25, ("C", "D"))


def test_without_a_minimum_a_dossier_is_paid_in_full_or_not_at_all():
    assert amounts(fund_in_order([A, B], 74)) == {"A": 40}


def test_an_envelope_that_ends_exactly_leaves_the_rest_on_reserve():
    allocation = fund_in_order([A, B, D], 75)

    assert (amounts(allocation), allocation.reserve) == ({"A": 40, "B": 35}, ("D",))


def test_equal_scores_at_the_line_are_as_many_as_can_be():
    tied = (
        Line("A", 40, score=90),
        Line("B", 30, score=80),
        Line("C", 40, score=80),
        Line("D", 30, score=80),
    )

    allocation = allocate(Problem(100, tied, ties="score"))

    assert amounts(allocation) == {"A": 40, "B": 30, "D": 30}
    assert allocation.reserve == ("C",)
    assert allocation.displaced == (Displaced("C", "ties score"),)
    assert amounts(allocate(Problem(100, tied))) == {"A": 40, "B": 30}


def test_equal_scores_above_the_line_are_all_paid():
    tied = (Line("A", 40, score=80), Line("B", 30, score=80), Line("C", 40, score=70))

    assert amounts(allocate(Problem(70, tied, ties="score"))) == {"A": 40, "B": 30}


def test_equal_scores_share_no_more_than_one_remainder():
    tied = tuple(Line(name, 40, minimum=10, score=80) for name in "ABC")

    assert amounts(allocate(Problem(60, tied, ties="score"))) == {"A": 40, "B": 20}


def test_state_aid_ceiling_bounds_the_amount():
    allocation = fund_in_order([replace(A, ceiling=25), B], 100)

    assert allocation.awards[0] == Award("A", 25, False, "State-aid ceiling")
    assert amounts(allocation) == {"A": 25, "B": 35}


def test_a_ceiling_under_the_minimum_is_refused_and_passed_over():
    allocation = fund_in_order([replace(C, ceiling=19), D], 100)

    assert allocation.refused == (Refusal("C", "State-aid ceiling"),)
    assert amounts(allocation) == {"D": 20}


def test_a_cap_cuts_then_forbids_and_is_named():
    department = tuple(replace(line, department="31") for line in (A, C, D))
    cap = Rule((("department", "31"),), 62)

    allocation = allocate(Problem(200, (*department, B), caps=(cap,)))

    assert allocation.awards[1] == Award("C", 22, False, "cap department=31")
    assert allocation.refused == (Refusal("D", "cap department=31"),)
    assert amounts(allocation) == {"A": 40, "C": 22, "B": 35}


def test_one_award_per_group():
    allocation = fund_in_order([replace(A, group="1"), replace(B, group="1"), D], 100)

    assert allocation.refused == (Refusal("B", "one award per group"),)
    assert amounts(allocation) == {"A": 40, "D": 20}


def test_a_most_of_awards_draws_the_line():
    allocation = allocate(Problem(100, (A, B, D), max_awards=1))

    assert (amounts(allocation), allocation.reserve) == ({"A": 40}, ("B", "D"))


def test_a_floor_keeps_money_back_and_names_whom_it_displaces():
    lines = (A, B, replace(D, theme="health"))

    allocation = allocate(Problem(80, lines, floors=(HEALTH,)))

    assert amounts(allocation) == {"A": 40, "D": 20}
    assert allocation.reserve == ("B",)
    assert allocation.displaced == (Displaced("B", "floor theme=health"),)


def test_a_floor_that_the_ranking_meets_anyway_changes_nothing():
    lines = (replace(A, theme="health"), B, C, D)

    assert allocate(Problem(100, lines, floors=(HEALTH,))) == fund_in_order(lines, 100)


def test_a_floor_cuts_a_better_dossier_before_passing_it_over():
    lines = (A, C, replace(D, theme="health"))

    allocation = allocate(Problem(85, lines, floors=(HEALTH,)))

    assert amounts(allocation) == {"A": 40, "C": 25, "D": 20}
    assert allocation.awards[1].because == "floor theme=health"


def test_a_floor_is_met_beyond_the_line():
    lines = (A, Line("B", 60), Line("H", 30, theme="health"), Line("Z", 1))

    allocation = allocate(Problem(90, lines, floors=(HEALTH,)))

    assert amounts(allocation) == {"A": 40, "H": 30}
    assert allocation.awards[1].because == "floor theme=health"
    assert allocation.displaced == (Displaced("B", "floor theme=health"),)
    assert allocation.reserve == ("B", "Z")


def test_rules_that_cannot_be_kept_together_are_named():
    lines = (A, Line("H", 30, theme="health", department="31"))
    cap = Rule((("department", "31"),), 10)

    assert allocate(Problem(10, lines, floors=(HEALTH,))) == Conflict(
        ("floor theme=health", "envelope")
    )
    assert allocate(Problem(99, lines, floors=(HEALTH,), caps=(cap,))) == Conflict(
        ("floor theme=health", "cap department=31")
    )
    assert allocate(Problem(99, lines, floors=(HEALTH,), max_awards=0)) == Conflict(
        ("floor theme=health", "max_awards")
    )
    assert allocate(Problem(99, (A,), floors=(HEALTH,))) == Conflict(("floor theme=health",))


def test_a_group_that_must_be_awarded_twice_is_named():
    lines = tuple(Line(name, 15, theme="health", group="1") for name in "AB")

    assert allocate(Problem(99, lines, floors=(HEALTH,))) == Conflict(
        ("floor theme=health", "one award per group")
    )


def test_ranking_pays_the_largest_option_that_fits():
    choices = (Option(10, 1), Option(30, 2))
    lines = (Line("A", 40, options=choices), Line("B", 40, options=choices), Line("C", 5))

    allocation = fund_in_order(lines, 50)

    assert allocation.awards[0] == Award("A", 30, False, "options")
    assert allocation.awards[1] == Award("B", 10, False, "envelope")
    assert (allocation.left, allocation.reserve) == (10, ("C",))


def test_portfolio_maximises_the_value_and_lists_whom_it_passed():
    lines = (Line("A", 60, score=80), Line("B", 50, score=79), Line("C", 50, score=70))

    allocation = allocate(Problem(100, lines, mode="portfolio"))

    assert amounts(allocation) == {"B": 50, "C": 50}
    assert (allocation.optimal, allocation.reserve) == (True, ("A",))
    assert allocation.displaced == (Displaced("A", "portfolio"),)


def test_portfolio_of_equals_takes_the_better_ranked():
    lines = tuple(Line(f"D{rank:02}", 10, score=50) for rank in range(40))

    allocation = allocate(Problem(75, lines, mode="portfolio"))

    assert [award.id for award in allocation.awards] == [f"D{rank:02}" for rank in range(7)]


def test_portfolio_of_equals_takes_the_larger_option():
    same = Line("A", 50, options=(Option(10, 5), Option(20, 5)))

    assert amounts(allocate(Problem(100, (same,), mode="portfolio"))) == {"A": 20}


def test_portfolio_refuses_what_its_ceiling_forbids():
    lines = (Line("A", 10, score=1, ceiling=0), Line("B", 10, score=1))

    allocation = allocate(Problem(100, lines, mode="portfolio"))

    assert allocation.refused == (Refusal("A", "State-aid ceiling"),)
    assert (amounts(allocation), allocation.displaced) == ({"B": 10}, ())


@pytest.mark.parametrize("mode", ["rank", "portfolio"])
def test_no_dossier_and_an_empty_envelope_are_no_trouble(mode):
    nothing = allocate(Problem(100, (), mode=mode))
    broke = allocate(Problem(0, (Line("A", 10, score=1),), mode=mode))

    assert (nothing.awards, nothing.left) == ((), 100)
    assert (broke.awards, broke.reserve) == ((), ("A",))


def test_large_amounts_are_exact_to_the_cent():
    lines = (Line("A", 123_456_789_01), Line("B", 99_999_999_99, minimum=1))

    allocation = fund_in_order(lines, 200_000_000_00)

    assert amounts(allocation) == {"A": 123_456_789_01, "B": 76_543_210_99}
    assert (allocation.spent, allocation.left) == (200_000_000_00, 0)


def test_payments_of_a_year_draw_the_line_like_the_envelope():
    shares = (("2027", 5_000), ("2028", 5_000))
    lines = tuple(replace(line, shares=shares) for line in (A, C, D))
    payments = (Payment("2027", 30), Payment("2028", 50))

    allocation = allocate(Problem(200, lines, payments=payments))

    assert allocation.awards[1] == Award("C", 20, False, "payments 2027")
    assert (amounts(allocation), allocation.reserve) == ({"A": 40, "C": 20}, ("D",))


def test_a_portfolio_keeps_the_payments_of_each_year():
    lines = tuple(Line(n, 40, score=1, shares=(("2027", 10_000),)) for n in "ABC")

    allocation = allocate(Problem(200, lines, mode="portfolio", payments=(Payment("2027", 85),)))

    assert amounts(allocation) == {"A": 40, "B": 40}


@pytest.mark.parametrize("mode", ["rank", "portfolio"])
def test_what_was_decided_before_is_kept_and_takes_its_room(mode):
    lines = (
        replace(A, score=9, decided=0),
        replace(B, score=8),
        replace(D, score=1, decided=15, group="1"),
        Line("E", 10, score=1, group="1"),
    )

    allocation = allocate(Problem(60, lines, mode=mode))

    assert amounts(allocation) == {"B": 35, "D": 15}
    assert allocation.awards[1].because == "already decided"
    assert allocation.refused[0] == Refusal("A", "already decided")
    assert allocation.displaced == ()


def test_decisions_that_the_rules_no_longer_allow_are_named():
    lines = (replace(A, decided=40), replace(B, decided=35))
    same = tuple(replace(line, group="1") for line in lines)

    assert allocate(Problem(60, lines)) == Conflict(("envelope", "decided A", "decided B"))
    assert allocate(Problem(99, same)) == Conflict(
        ("one award per group", "decided A", "decided B")
    )


def test_the_grey_zone_is_parted_as_equals():
    lines = (
        Line("A", 40, score=90),
        Line("B", 60, score=82, zone="grey"),
        Line("C", 30, score=81, zone="grey"),
        Line("D", 30, score=80, zone="grey"),
        Line("E", 1, score=70),
    )

    allocation = allocate(Problem(100, lines, ties="grey"))

    assert amounts(allocation) == {"A": 40, "C": 30, "D": 30}
    assert allocation.displaced == (Displaced("B", "ties grey"),)


def test_a_draw_parts_what_nothing_else_does():
    tied = tuple(Line(name, 40, score=80) for name in "ABCD")
    first, second, *_rest = drawn("ABCD", "graine")

    allocation = allocate(Problem(80, tied, ties="score", seed="graine"))

    assert set(amounts(allocation)) == {first, second} != {"A", "B"}


def test_amounts_no_floating_number_can_hold_are_never_over_by_a_cent():
    lines = tuple(Line(f"D{n:02}", 99_999_999_99 + n * 7, score=1) for n in range(12))
    envelope = sum(line.asked for line in lines[:6]) - 1

    allocation = allocate(Problem(envelope, lines, mode="portfolio"))

    assert (len(allocation.awards), allocation.left >= 0) == (5, True)
