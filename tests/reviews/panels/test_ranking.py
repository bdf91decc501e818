from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import norm

from reviews.panels.calibration import calibrate, calibrate_with
from reviews.panels.covariance import Covariance
from reviews.panels.mixed_model import Deviations
from reviews.panels.ranking import expected_ranks, funded_probabilities, rank, zone_of
from reviews.panels.scores import Score
from tests.reviews.panels.penicillin import PENICILLIN
from tests.reviews.panels.test_mixed_model import BY_HAND


def test_calibrated_order_of_the_case_by_hand():
    ranking = rank(calibrate_with(BY_HAND, Deviations(1, 1, 1)))

    assert [(one.id, one.rank) for one in ranking] == [("A", 1), ("B", 2), ("C", 3)]


def test_method_says_which_score_binds():
    severe = (Score("A", "R1", 4), Score("B", "R1", 3), Score("B", "R2", 6), Score("C", "R2", 5))
    fit = calibrate_with(severe, Deviations(1, 1, 0.5))

    assert [one.id for one in rank(fit, method="raw")] == ["C", "B", "A"]
    assert [one.id for one in rank(fit, method="calibrated")] == ["A", "B", "C"]


def test_equal_scores_are_parted_by_the_other_score_then_by_name():
    fit = calibrate_with(BY_HAND, Deviations(1, 1, 1))
    same = calibrate((Score("b", "R", 1), Score("a", "R", 1), Score("c", "R", 2)))

    assert [one.id for one in rank(fit, method="raw")] == ["A", "B", "C"]
    assert [one.id for one in rank(same)] == ["c", "a", "b"]


def test_interval_holds_ninety_per_cent():
    first = rank(calibrate(PENICILLIN))[0]

    assert norm.cdf((first.high - first.calibrated) / first.se) == pytest.approx(0.95)
    assert first.calibrated - first.low == pytest.approx(first.high - first.calibrated)


def test_expected_ranks_add_up_and_match_the_closed_form_for_two():
    matrix = np.array([[1.0, 0.2, 0.0], [0.2, 1.5, 0.1], [0.0, 0.1, 0.5]])
    centre = np.array([3.0, 2.5, 2.0])

    ranks = expected_ranks(centre, Covariance.of_matrix(matrix))
    two = expected_ranks(centre[:2], Covariance.of_matrix(matrix[:2, :2]))

    assert ranks.sum() == pytest.approx(6)
    assert two[0] == pytest.approx(1 + norm.cdf(-0.5 / np.sqrt(1 + 1.5 - 0.4)))


def test_expected_ranks_of_certain_scores_are_the_ranks():
    ranks = expected_ranks(np.array([1.0, 3.0, 3.0]), Covariance.independent(np.zeros(3)))

    assert ranks.tolist() == [3, 1.5, 1.5]


def test_chance_of_one_place_between_two_is_the_normal_probability():
    covariance = Covariance.of_matrix(np.array([[1.0, 0.3], [0.3, 2.0]]))

    chances = funded_probabilities(np.array([1.0, 0.2]), covariance, 1)

    assert chances.sum() == pytest.approx(1)
    assert chances[0] == pytest.approx(norm.cdf(0.8 / np.sqrt(2.4)), abs=0.01)


def test_chances_add_up_to_the_places_and_do_not_change_between_runs():
    fit = calibrate(PENICILLIN)

    first, second = rank(fit, places=6), rank(fit, places=6)

    assert first == second
    assert sum(one.p_funded for one in first) == pytest.approx(6)
    assert [one.zone for one in first][:2] == ["accepted", "accepted"]
    assert first[-1].zone == "rejected"
    assert {one.zone for one in first} == {"accepted", "grey", "rejected"}


def test_better_score_is_a_better_expected_rank_when_all_are_equally_sure():
    ranking = rank(calibrate(PENICILLIN), places=6)

    apart = [
        (better, worse)
        for better, worse in pairwise(ranking)
        if better.calibrated - worse.calibrated > 1e-6
    ]
    assert len(apart) > 10
    assert all(better.expected_rank < worse.expected_rank for better, worse in apart)


def test_places_for_all_fund_all():
    assert {one.p_funded for one in rank(calibrate(PENICILLIN), places=24)} == {1.0}


def test_without_measured_error_there_is_no_zone():
    fit = calibrate(tuple(Score(f"D{place}", "R1", place) for place in range(6)))

    first = rank(fit, places=2)[0]

    assert (first.id, first.expected_rank, first.p_funded, first.zone) == ("D5", None, None, None)


@pytest.mark.parametrize(
    ("chance", "zone"),
    [(0.25, "rejected"), (0.2501, "grey"), (0.7499, "grey"), (0.75, "accepted"), (None, None)],
)
def test_grey_lies_strictly_between_a_quarter_and_three_quarters(chance, zone):
    assert zone_of(chance) == zone


@pytest.mark.parametrize("wrong", [{"method": "median"}, {"places": 0}])
def test_unknown_method_and_no_place_are_refused(wrong):
    with pytest.raises(ValueError, match=r"median|places"):
        rank(calibrate(PENICILLIN), **wrong)
