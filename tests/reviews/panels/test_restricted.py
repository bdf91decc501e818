import numpy as np
import pytest

from reviews.panels.calibration import LEAST_EVIDENCE, calibrate
from reviews.panels.fitting import estimate, restricted, severity_evidence
from reviews.panels.mixed_model import Equations, design_of
from reviews.panels.restricted import MOST_GRAMS
from reviews.panels.scores import Score
from tests.reviews.panels.penicillin import PENICILLIN
from tests.reviews.panels.test_mixed_model import sparse_scores, turned

MANY_WEIGHTS = tuple(
    Score(one.dossier, one.reviewer, one.value, 1 + place / 7)
    for place, one in enumerate(sparse_scores(14, 9, 3))
)
CASES = {
    "penicillin": PENICILLIN,
    "sparse, weighted": sparse_scores(14, 9, 3),
    "more reviewers": turned(sparse_scores(14, 9, 3)),
    "a weight each": MANY_WEIGHTS,
}


@pytest.mark.parametrize("scores", CASES.values(), ids=CASES)
@pytest.mark.parametrize("logs", [(-0.3, -0.6), (1.0, -4.0)])
def test_value_is_henderson_s_and_slope_its_difference(scores, logs):
    criterion = restricted(design_of(scores))
    logs = np.array(logs)

    value, slope = criterion.at(logs)

    ratios = [float(one) for one in np.exp(-2 * logs)]
    assert value == pytest.approx(Equations(design_of(scores), *ratios).profiled(), abs=1e-9)
    for place in (0, 1):
        step = 1e-5 * np.eye(2)[place]
        difference = (criterion.at(logs + step)[0] - criterion.at(logs - step)[0]) / 2e-5
        assert slope[place] == pytest.approx(difference, abs=1e-5)


def test_many_totals_of_weights_are_not_kept_dense():
    assert len(restricted(design_of(MANY_WEIGHTS)).totals) > MOST_GRAMS
    assert restricted(design_of(MANY_WEIGHTS)).grams is None
    assert restricted(design_of(PENICILLIN)).grams is not None


@pytest.mark.parametrize("scores", [PENICILLIN, MANY_WEIGHTS], ids=["penicillin", "weights"])
def test_the_order_of_the_scores_moves_no_digit_that_shows(scores):
    one = estimate(design_of(scores))
    other = estimate(design_of(tuple(reversed(scores))))

    assert one.dossier == pytest.approx(other.dossier, abs=1e-11)
    assert one.reviewer == pytest.approx(other.reviewer, abs=1e-11)
    assert one.residual == pytest.approx(other.residual, abs=1e-11)


def alike(seed, leaning=0.0):
    draw = np.random.default_rng(seed)
    return tuple(
        Score(f"D{row}", f"R{k}", float(row % 5 + leaning * k + draw.normal(0, 0.8)))
        for row in range(40)
        for k in draw.choice(8, 3, replace=False)
    )


def test_reviewers_all_alike_are_left_alone_ninety_nine_times_in_a_hundred():
    fits = [calibrate(alike(seed)) for seed in range(60)]

    assert sum(fit.fallback is None for fit in fits) <= 2
    assert any(fit.sd.reviewer > 0 and fit.fallback for fit in fits)


def test_a_leaning_that_chance_would_not_show_is_corrected():
    scores = alike(1, leaning=0.4)
    design = design_of(scores)

    assert severity_evidence(design, estimate(design)) > LEAST_EVIDENCE
    assert calibrate(scores).fallback is None
