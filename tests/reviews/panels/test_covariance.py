import numpy as np
import pytest

from reviews.panels.covariance import Covariance

OWN = np.array([0.5, 0.0, 2.0])
SHARED = np.array([[1.0, 0.2], [0.3, -0.4], [0.0, 0.1]])
THIN = Covariance(OWN, SHARED)
FULL = np.diag(OWN) + SHARED @ SHARED.T


def test_thin_form_is_the_full_matrix():
    assert THIN.matrix() == pytest.approx(FULL)
    assert THIN.variances == pytest.approx(np.diag(FULL))
    assert THIN.rows(slice(1, 3)) == pytest.approx(FULL[1:3])


def test_any_matrix_comes_back():
    assert Covariance.of_matrix(FULL).matrix() == pytest.approx(FULL)
    assert not Covariance.of_matrix(np.zeros((2, 2))).matrix().any()


@pytest.mark.parametrize("covariance", [THIN, Covariance.of_matrix(FULL)], ids=["thin", "full"])
def test_draws_have_this_covariance(covariance):
    drawn = covariance.draw(np.random.default_rng(1), 200_000)

    assert drawn.shape == (3, 200_000)
    assert np.cov(drawn) == pytest.approx(FULL, abs=0.03)
    assert drawn.mean(axis=1) == pytest.approx(0, abs=0.02)


def test_independent_scores_share_nothing():
    drawn = Covariance.independent(np.array([1.0, 4.0])).draw(np.random.default_rng(1), 100_000)

    assert np.cov(drawn) == pytest.approx(np.diag([1.0, 4.0]), abs=0.06)
