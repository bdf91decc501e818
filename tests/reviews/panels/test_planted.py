"""What `bench.calibration` promises, on fewer runs of the same planted worlds."""

from bench.calibration import alike, planted
from bench.published import cases

RUNS = 40


def test_planted_leniency_is_taken_off_and_intervals_hold():
    before, after, covered = planted(RUNS)

    assert after - before >= 0.10
    assert 0.84 <= covered <= 0.95  # 85.1 % over 200 runs


def test_reviewers_alike_leave_the_order_as_it_is():
    still, corrected = alike(RUNS)

    assert still >= 0.95
    assert corrected <= 0.05


def test_published_tables_are_found_to_the_digit():
    for table, name, printed, found in cases():
        places = len(printed.partition(".")[2])
        assert f"{found:.{places}f}" == printed, (table, name)
