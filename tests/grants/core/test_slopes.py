from grants.core.charts import Slope, slopes
from grants.core.charts.slopes import EDGE, SLOPE_HEAD, SLOPE_STEP


def drawn(*pairs):
    items = [Slope(f"Dossier {left}", left, right) for left, right in pairs]
    return slopes(items, title="t", left_head="a", right_head="b")


def test_a_line_joins_both_places():
    first, second = drawn((1, 2), (2, 1)).rows

    middle = SLOPE_HEAD + SLOPE_STEP / 2
    assert (first.left_y, first.right_y) == (f"{middle:.0f}", f"{middle + SLOPE_STEP:.0f}")
    assert (first.move, second.move) == ("down", "up")


def test_places_count_from_the_first_of_the_page():
    (row,) = drawn((51, 51)).rows

    assert (row.left_y, row.move) == (f"{SLOPE_HEAD + SLOPE_STEP / 2:.0f}", "same")


def test_a_line_that_leaves_the_page_stops_at_its_edge():
    chart = drawn((51, 3), (52, 99), (53, 51))
    up, down, stays = chart.rows

    assert (up.right_y, up.is_cut) == (f"{SLOPE_HEAD - EDGE}", True)
    assert (down.right_y, down.is_cut) == (f"{chart.height}", True)
    assert not stays.is_cut
    assert [mark.text for mark in chart.marks] == ["51", "52", "53"]


def test_no_row_draws_nothing():
    assert drawn().rows == ()
