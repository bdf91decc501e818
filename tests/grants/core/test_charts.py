import pytest

from grants.core import charts
from grants.core.charts import Estimate, Item
from grants.core.charts.bars import BAR_STEP
from grants.core.charts.dots import DOT_STEP, scale
from grants.core.charts.grids import CELL
from grants.core.map_shapes import HEIGHT, WIDTH


def share(text):
    return float(text.removesuffix("%"))


def test_bars_start_at_zero_and_the_longest_fills_the_width():
    chart = charts.bars([Item("A", 50, "50"), Item("B", 200, "200")], title="t")

    assert [row.width for row in chart.rows] == ["25.00%", "100.00%"]
    assert chart.height == 2 * BAR_STEP


def test_bars_of_nothing_are_empty_and_do_not_divide_by_zero():
    assert charts.bars([], title="t").height == 0
    assert charts.bars([Item("A", 0, "0")], title="t").rows[0].width == "0.00%"


def test_bar_longer_than_the_full_width_is_cut():
    assert charts.bars([Item("A", 30, "30")], title="t", full=20).rows[0].width == "100.00%"


def test_second_value_shares_the_scale_of_the_bar():
    chart = charts.bars([Item("A", 80, "80", second=20), Item("B", 40, "40")], title="t")

    assert (chart.rows[0].second, chart.rows[1].second) == ("25.00%", None)


def test_long_label_is_shortened_but_kept_whole_beside():
    chart = charts.bars([Item("x" * 60, 1, "1")], title="t")

    assert chart.rows[0].short == "x" * 37 + "…"
    assert chart.rows[0].label == "x" * 60


def test_funnel_says_the_share_of_the_step_before():
    steps = [Item("Déposés", 60, "60"), Item("Recevables", 45, "45"), Item("Aidés", 9, "9")]
    chart = charts.funnel(steps, title="t")

    assert [row.width for row in chart.rows] == ["100.00%", "75.00%", "15.00%"]
    assert [row.note for row in chart.rows] == ["", "75\u202f%", "20\u202f%"]


def test_funnel_after_an_empty_step_has_no_share():
    chart = charts.funnel([Item("Déposés", 0, "0"), Item("Aidés", 0, "0")], title="t")

    assert [row.note for row in chart.rows] == ["", ""]


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 100, (0, 20, 40, 60, 80, 100)),
        (1.2, 4.7, (1, 2, 3, 4, 5)),
        (2.0, 2.0, (2.0, 2.2, 2.4, 2.6, 2.8, 3.0)),
    ],
)
def test_scale_is_round_and_holds_both_ends(low, high, ticks):
    assert scale(low, high) == ticks


def test_dots_stand_on_one_scale_with_both_ends_labelled():
    chart = charts.dots(
        [Estimate("A", 4, 3, 5, "4,0"), Estimate("B", 2, 1, 3, "2,0")], title="t", bounds=(0, 5)
    )

    assert [row.x for row in chart.rows] == ["80.00%", "40.00%"]
    assert [(tick.x, tick.text, tick.anchor) for tick in chart.ticks][:: len(chart.ticks) - 1] == [
        ("0.00%", "0", "start"),
        ("100.00%", "5", "end"),
    ]


def test_interval_beyond_the_scale_is_cut_and_marked():
    chart = charts.dots([Estimate("A", 4.5, -1, 6, "4,5")], title="t", bounds=(0, 5))
    row = chart.rows[0]

    assert (row.left, row.right) == ("0.00%", "100.00%")
    assert (row.clipped_left, row.clipped_right) == (True, True)


def test_funding_line_runs_below_the_last_funded_row():
    some = [Estimate(str(i), 5 - i, 4 - i, 6 - i, "") for i in range(4)]

    assert charts.dots(some, title="t", places=2).line_y == 2 * DOT_STEP
    assert charts.dots(some, title="t", places=9).line_y == 4 * DOT_STEP
    assert charts.dots(some, title="t").line_y is None


def test_ticks_use_the_decimal_mark_of_the_reader():
    chart = charts.dots([Estimate("A", 0.5, 0, 1, "")], title="t")

    assert "0,2" in [tick.text for tick in chart.ticks]


def test_map_draws_all_thirteen_departments_and_shades_by_value():
    chart = charts.department_map({"31": 10, "34": 4, "48": 0}, title="t")
    levels = {area.code: area.level for area in chart.areas}

    assert len(chart.areas) == 13
    assert (levels["31"], levels["34"], levels["48"], levels["09"]) == (5, 2, 0, 0)
    assert chart.steps == ((0, "0"), (2, "4"), (5, "10"))


def test_map_key_tells_departments_without_value():
    assert charts.department_map({"31": 3}, title="t").steps == ((0, "0"), (5, "3"))


def test_map_labels_lie_inside_the_drawing():
    for area in charts.department_map({}, title="t").areas:
        assert 0 < area.x < WIDTH
        assert 0 < area.y < HEIGHT


def test_gauge_lays_parts_end_to_end():
    chart = charts.gauge(
        [("committed", "Engagé", 50, "50"), ("reserved", "Réservé", 30, "30")],
        total=200,
        title="t",
        left_text="120",
    )

    assert [(part.x, part.width) for part in chart.parts] == [
        ("0.00%", "25.00%"),
        ("25.00%", "15.00%"),
    ]
    assert chart.over is False


@pytest.mark.parametrize("total", [100, 0])
def test_gauge_never_overflows(total):
    chart = charts.gauge(
        [("committed", "Engagé", 80, "80"), ("reserved", "Réservé", 50, "50")],
        total=total,
        title="t",
        left_text="−30",
    )

    assert sum(share(part.width) for part in chart.parts) <= 100
    assert chart.over is True


def test_progress_grid_leaves_gaps_and_counts_what_is_done():
    grid = charts.progress_grid(
        [("Anne", [("done", "D1"), ("", ""), ("todo", "D3")])], title="t", label_width=100
    )
    line = grid.lines[0]

    assert [cell.x for cell in line.cells] == ["100", str(100 + 2 * (CELL + 3))]
    assert (line.done, line.total) == (1, 2)
    assert grid.width == 100 + 3 * (CELL + 3)


def test_columns_stand_on_the_ground_and_the_tallest_is_named():
    chart = charts.columns([("1", 0), ("2", 2), ("3", 4), ("4", 1)], title="t")

    assert [column.height for column in chart.columns] == ["0.0", "60.0", "120.0", "30.0"]
    assert all(float(c.y) + float(c.height) == chart.base for c in chart.columns)
    assert (chart.peak.text, chart.peak.x) == ("4", "62.50%")
    assert [tick.text for tick in chart.ticks] == ["1", "4"]


def test_columns_of_nothing_name_no_peak():
    assert charts.columns([], title="t").ticks == ()
    assert charts.columns([("1", 0)], title="t").peak is None


def test_peak_near_an_edge_keeps_its_number_inside():
    chart = charts.columns([("1", 9), *[(str(i), 1) for i in range(2, 30)]], title="t")

    assert (chart.peak.anchor, chart.peak.x) == ("start", "0.00%")
