from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.panels.calibration import calibrate, calibrate_with
from reviews.panels.mixed_model import Deviations
from reviews.panels.scores import Score
from tests.reviews.panels.penicillin import PENICILLIN
from tests.reviews.panels.test_mixed_model import BY_HAND


def crossed(dossiers=12, reviewers=6, severity=1.0):
    draw = np.random.default_rng(4)
    return tuple(
        Score(f"D{row}", f"R{column}", float(row / 4 + severity * column + draw.normal(0, 0.5)))
        for row in range(dossiers)
        for column in range(reviewers)
    )


def test_penicillin_is_calibrated():
    fit = calibrate(PENICILLIN)

    first = fit.dossiers[0]
    assert (fit.fallback, fit.connected) == (None, True)
    assert first.raw == pytest.approx(143 / 6)
    assert first.calibrated == pytest.approx(fit.mean + first.effect)
    assert 0 < first.effect < first.raw - fit.mean
    assert first.se == pytest.approx(np.sqrt(fit.covariance.variances[0]))
    assert sum(one.severity for one in fit.reviewers) == pytest.approx(0, abs=1e-9)


def test_given_variances_correct_the_case_by_hand():
    fit = calibrate_with(BY_HAND, Deviations(1, 1, 1))

    assert [one.raw for one in fit.dossiers] == pytest.approx([4, 4, 4])
    assert [one.calibrated for one in fit.dossiers] == pytest.approx([4.2, 4, 3.8])
    assert [one.severity for one in fit.reviewers] == pytest.approx([-0.4, 0.4])


def test_too_few_reviews_per_reviewer_leave_the_raw_means():
    fit = calibrate(BY_HAND)

    assert fit.fallback == (
        "Les notes n’ont pas été corrigées : les experts ont noté trop peu de dossiers "
        "chacun (médiane 2, minimum 5)."
    )
    assert [one.calibrated for one in fit.dossiers] == [4, 4, 4]
    assert [one.severity for one in fit.reviewers] == [0, 0]


def test_a_median_load_of_five_is_enough():
    assert calibrate(crossed(dossiers=5)).fallback is None
    assert "médiane 4, minimum 5" in calibrate(crossed(dossiers=4)).fallback


def test_pools_without_a_common_dossier_leave_the_raw_means():
    other = tuple(replace(s, dossier=f"x{s.dossier}", reviewer=f"x{s.reviewer}") for s in crossed())

    fit = calibrate(crossed() + other)

    assert fit.fallback == (
        "Les notes n’ont pas été corrigées : des groupes d’experts n’ont aucun dossier en commun."
    )
    assert (fit.connected, fit.dossiers[0].calibrated) == (False, fit.dossiers[0].raw)


def test_severity_that_cannot_be_measured_leaves_the_raw_means():
    columns = [-1.0, 0.0, 1.0]
    scores = tuple(
        Score(f"D{row}", f"R{column}", row + columns[(row + column) % 3])
        for row in range(9)
        for column in range(3)
    )

    fit = calibrate(scores)

    assert fit.sd.reviewer == 0
    assert fit.fallback == (
        "Les notes n’ont pas été corrigées : "
        "aucune différence de sévérité entre experts n’est mesurable."
    )


def test_equal_scores_leave_the_raw_means():
    fit = calibrate(tuple(replace(one, value=3.0) for one in crossed()))

    assert fit.fallback == "Les notes n’ont pas été corrigées : elles sont toutes égales."
    assert (fit.sd, fit.reml) == (None, None)


def test_one_score_per_dossier_has_no_measured_error():
    fit = calibrate(tuple(Score(f"D{rank}", "R1", rank) for rank in range(6)))

    assert fit.fallback == "Les notes n’ont pas été corrigées : elles sont trop peu nombreuses."
    assert (fit.covariance, fit.dossiers[0].se) == (None, None)


def test_raw_mean_follows_the_weights():
    scores = (Score("A", "R1", 1, 3), Score("A", "R2", 5, 1), Score("B", "R1", 2))

    assert calibrate(scores).dossiers[0].raw == 2


def test_two_scores_of_one_reviewer_for_one_dossier_are_refused():
    with pytest.raises(ValueError, match="A by R1: scored twice"):
        calibrate((Score("A", "R1", 1), Score("A", "R1", 1)))


@given(st.floats(-50, 50))
@settings(max_examples=6, deadline=None)
def test_adding_to_every_score_moves_the_mean_and_no_effect(shift):
    before = calibrate(crossed())
    after = calibrate(tuple(replace(one, value=one.value + shift) for one in crossed()))

    assert after.mean - before.mean == pytest.approx(shift, abs=1e-6)
    for old, new in zip(before.dossiers, after.dossiers, strict=True):
        assert new.effect == pytest.approx(old.effect, abs=1e-6)
    for old, new in zip(before.reviewers, after.reviewers, strict=True):
        assert new.severity == pytest.approx(old.severity, abs=1e-6)
