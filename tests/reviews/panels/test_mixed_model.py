import numpy as np
import pytest
from scipy.optimize import minimize

from reviews.panels.fitting import estimate
from reviews.panels.mixed_model import Deviations, design_of, predict
from reviews.panels.scores import Score
from tests.reviews.panels.penicillin import PENICILLIN

BY_HAND = (
    Score("A", "R1", 4),
    Score("B", "R1", 3),
    Score("B", "R2", 5),
    Score("C", "R2", 4),
)


def sparse_scores(dossiers, reviewers, seed):
    draw = np.random.default_rng(seed)
    return tuple(
        Score(f"D{row}", f"R{column}", float(draw.normal(3, 1)), float(draw.choice([0.5, 1, 2])))
        for row in range(dossiers)
        for column in range(reviewers)
        if draw.random() < 0.6
    )


def turned(scores):
    return tuple(Score(one.reviewer, one.dossier, one.value, one.weight) for one in scores)


def dense(scores, sd):
    """Mean, dossier effects, their errors and the criterion from the full covariance matrix."""
    design = design_of(scores)
    dossier = np.eye(len(design.dossiers))[design.dossier]
    reviewer = np.eye(len(design.reviewers))[design.reviewer]
    total = (
        sd.dossier**2 * dossier @ dossier.T
        + sd.reviewer**2 * reviewer @ reviewer.T
        + sd.residual**2 * np.diag(1 / design.weight)
    )
    inverse = np.linalg.inv(total)
    ones = np.ones(len(design.value))
    precision = ones @ inverse @ ones
    mean = ones @ inverse @ design.value / precision
    rest = design.value - mean
    free = len(rest) - 1
    criterion = (
        free * np.log(2 * np.pi)
        + np.linalg.slogdet(total)[1]
        + np.log(precision)
        + rest @ inverse @ rest
    )
    without_mean = inverse - np.outer(inverse @ ones, inverse @ ones) / precision
    effects = sd.dossier**2 * dossier.T @ inverse @ rest
    errors = (
        sd.dossier**2 * np.eye(dossier.shape[1])
        - sd.dossier**4 * dossier.T @ without_mean @ dossier
    )
    return mean, effects, errors, criterion


def test_penicillin_agrees_with_the_fit_lme4_prints():
    design = design_of(PENICILLIN)

    sd = estimate(design)
    fit = predict(design, sd)

    assert (round(sd.dossier, 4), round(sd.reviewer, 4)) == (0.8467, 1.9316)
    assert round(sd.residual, 4) == 0.5499
    assert (round(fit.reml, 4), round(fit.mean, 4)) == (330.8606, 22.9722)


def test_penicillin_is_the_same_with_plates_and_samples_exchanged():
    there, back = design_of(PENICILLIN), design_of(turned(PENICILLIN))

    sd, mirror = estimate(there), estimate(back)
    fit, reverse = predict(there, sd), predict(back, sd_exchanged(sd))

    assert (sd.dossier, sd.reviewer) == pytest.approx((mirror.reviewer, mirror.dossier), abs=1e-6)
    assert fit.dossier == pytest.approx(reverse.reviewer)
    assert fit.reviewer_se == pytest.approx(np.sqrt(reverse.covariance.variances))


def sd_exchanged(sd):
    return Deviations(sd.reviewer, sd.dossier, sd.residual)


def test_effects_by_hand_with_the_three_variances_at_one():
    fit = predict(design_of(BY_HAND), Deviations(1, 1, 1))

    assert fit.mean == pytest.approx(4)
    assert fit.mean + fit.dossier == pytest.approx([4.2, 4.0, 3.8])
    assert fit.reviewer == pytest.approx([-0.4, 0.4])


def test_effects_by_hand_without_shrinkage_are_the_fixed_effects():
    fit = predict(design_of(BY_HAND), Deviations(1e4, 1e4, 1))

    assert fit.mean + fit.dossier == pytest.approx([5, 4, 3], abs=1e-6)
    assert fit.reviewer == pytest.approx([-1, 1], abs=1e-6)


@pytest.mark.parametrize("shape", [(9, 4), (4, 9)])
def test_henderson_equals_the_full_matrix_with_weights_and_holes(shape):
    scores = sparse_scores(*shape, seed=1)
    sd = Deviations(0.7, 0.4, 1.1)

    mean, effects, errors, criterion = dense(scores, sd)
    fit = predict(design_of(scores), sd)

    assert (fit.mean, fit.reml) == pytest.approx((mean, criterion))
    assert fit.dossier == pytest.approx(effects)
    assert fit.covariance.matrix() == pytest.approx(errors)


def test_estimate_minimises_the_criterion_of_the_full_matrix():
    scores = sparse_scores(12, 6, seed=5)

    sd = estimate(design_of(scores))

    found = minimize(
        lambda logs: dense(scores, Deviations(*np.exp(logs)))[3],
        [-0.5, -0.5, 0.0],
        method="Nelder-Mead",
        options={"xatol": 1e-8, "fatol": 1e-10, "maxiter": 4000},
    )
    assert dense(scores, sd)[3] <= found.fun + 1e-5


def test_no_reviewer_effect_is_exactly_zero():
    draw = np.random.default_rng(2)
    same_for_all = tuple(
        Score(f"D{row}", f"R{column}", row + noise)
        for row in range(10)
        for column, noise in enumerate(draw.permutation([-1.0, 0.0, 1.0]))
    )

    assert estimate(design_of(same_for_all)).reviewer == 0


def test_prediction_without_noise_is_refused():
    with pytest.raises(ValueError, match="noise"):
        predict(design_of(BY_HAND), Deviations(1, 1, 0))
