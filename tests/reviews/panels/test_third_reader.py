from decimal import Decimal

import numpy as np
import pytest
from scipy.stats import norm

from reviews.panels.calibration import calibrate
from reviews.panels.third_reader import mark, needs_third_reader, value_of_review
from tests.reviews.panels.penicillin import PENICILLIN


def decimals(*scores):
    return tuple(Decimal(score) for score in scores)


def test_thirty_points_between_eighty_and_fifty_call_a_third_reader():
    assert needs_third_reader(*decimals(80, 50))
    assert needs_third_reader(*decimals(50, 80))


def test_twenty_three_points_between_eighty_and_fifty_seven_do_not():
    assert not needs_third_reader(*decimals(80, 57))
    assert mark(decimals(80, 57)) == Decimal("68.5")


def test_exactly_thirty_per_cent_is_tolerated():
    assert not needs_third_reader(*decimals(80, 56))
    assert needs_third_reader(*decimals(80, "55.99"))


def test_the_mark_is_the_mean_of_the_two_closest():
    assert mark(decimals(80, 50, 70)) == 75
    assert mark(decimals(80, 50, 55)) == Decimal("52.5")


def test_a_third_reader_halfway_gives_the_mean_of_the_three():
    assert mark(decimals(80, 50, 65)) == 65


def test_one_reader_alone_and_four_readers():
    assert mark(decimals(42)) == 42
    with pytest.raises(ValueError, match="one to three"):
        mark(decimals(1, 2, 3, 4))


@pytest.mark.parametrize("wrong", ["-1", "NaN", "Infinity"])
def test_scores_no_grid_can_hold_are_refused(wrong):
    with pytest.raises((ValueError, ArithmeticError)):
        needs_third_reader(*decimals(50, wrong))


def test_a_further_review_is_worth_most_next_to_the_line():
    fit = calibrate(PENICILLIN)

    gains = value_of_review(fit, 6)

    ordered = sorted(fit.dossiers, key=lambda one: -one.calibrated)
    line = (ordered[5].calibrated + ordered[6].calibrated) / 2
    nearest = min(fit.dossiers, key=lambda one: abs(one.calibrated - line))
    variance = nearest.se**2
    spread = np.sqrt(variance - 1 / (1 / variance + 1 / (fit.sd.reviewer**2 + fit.sd.residual**2)))
    z = -abs(nearest.calibrated - line) / spread
    assert gains[nearest.id] == max(gains.values())
    assert gains[nearest.id] == pytest.approx(spread * (z * norm.cdf(z) + norm.pdf(z)))
    assert list(gains.values()) == sorted(gains.values(), reverse=True)


def test_a_further_review_is_worth_nothing_when_all_are_funded():
    assert value_of_review(calibrate(PENICILLIN), 24) == {}
