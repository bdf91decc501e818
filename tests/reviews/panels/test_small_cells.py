import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.panels.small_cells import LEAST, Cell, veiled, wilson


@pytest.mark.parametrize(
    ("successes", "count", "low", "high"),
    # Wilson 1927 at 90 %, worked out apart: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n).
    [(8, 10, 0.541, 0.931), (0, 10, 0.0, 0.213), (10, 10, 0.787, 1.0), (50, 100, 0.419, 0.581)],
)
def test_wilson(successes, count, low, high):
    assert [round(end, 3) for end in wilson(successes, count)] == [low, high]


def test_wilson_refuses_more_successes_than_dossiers():
    with pytest.raises(ValueError, match="successes"):
        wilson(4, 3)


def shown(*cells):
    return [(one.label, one.count, one.successes, one.groups) for one in veiled(cells)]


def test_large_groups_are_shown_as_they_are():
    assert shown(Cell("a", 7, 3), Cell("b", 9, 0)) == [("a", 7, 3, 1), ("b", 9, 0, 1)]


def test_one_small_group_takes_the_smallest_other_with_it():
    """Shown alone, the total less the others would tell it."""
    found = shown(Cell("a", 20, 5), Cell("b", 8, 4), Cell("c", 2, 1))

    assert found == [("a", 20, 5, 1), ("", 10, 5, 2)]


def test_two_small_groups_of_four_in_all_need_a_third():
    found = shown(Cell("a", 20, 5), Cell("b", 6, 4), Cell("c", 2, 1), Cell("d", 2, 0))

    assert found == [("a", 20, 5, 1), ("", 10, 5, 3)]


def test_small_groups_that_hide_each_other_are_enough():
    found = shown(Cell("a", 20, 5), Cell("b", 3, 1), Cell("c", 4, 1))

    assert found == [("a", 20, 5, 1), ("", 7, 2, 2)]


def test_a_call_too_small_shows_nothing():
    assert veiled([Cell("a", 4, 1)]) == ()
    assert veiled([]) == ()


@given(st.lists(st.integers(0, 12), max_size=10))
def test_no_small_group_can_be_worked_out(counts):
    cells = [Cell(f"g{place}", count, count // 2) for place, count in enumerate(counts)]

    found = veiled(cells)

    assert all(one.count >= LEAST for one in found)
    hidden = {cell.label for cell in cells if cell.count} - {one.label for one in found}
    small = [cell for cell in cells if 0 < cell.count < LEAST]
    if found and small:
        # Whoever knows the total of all groups learns the sum of two groups or more, never one.
        assert len(hidden) >= 2 or len([cell for cell in cells if cell.count]) == 1
        assert sum(one.count for one in found) == sum(counts)
