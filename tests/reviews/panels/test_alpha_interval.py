import numpy as np
import pytest

from reviews.panels.agreement import krippendorff_alpha
from reviews.panels.alpha_interval import _alphas, _patterns, agreement_of
from reviews.panels.scores import Score
from tests.reviews.panels.test_agreement import krippendorff


def test_the_published_table_with_its_interval():
    found = agreement_of(krippendorff())

    assert round(found.alpha, 6) == 0.806721
    assert round(found.interval_alpha, 6) == 0.810845
    assert found.units == 12
    assert 0.3 < found.low < found.alpha < found.high <= 1


def test_drawing_every_dossier_once_gives_alpha_itself():
    patterns, counts = _patterns(krippendorff())

    table = np.einsum("p,pij->ij", counts, patterns)[None]

    expected = krippendorff_alpha(krippendorff(), "ordinal")
    assert _alphas(table)[0] == pytest.approx(expected, abs=1e-12)


def test_the_interval_narrows_with_the_dossiers():
    draw = np.random.default_rng(3)

    def wide(dossiers):
        worth = draw.integers(0, 4, dossiers)
        scores = tuple(
            Score(f"D{row}", f"R{k}", float(worth[row] + draw.integers(0, 2)))
            for row in range(dossiers)
            for k in range(3)
        )
        found = agreement_of(scores)
        return found.high - found.low

    assert wide(400) < wide(30) / 2


def test_the_same_scores_in_another_order_give_the_same_interval():
    scores = krippendorff()

    assert agreement_of(scores) == agreement_of(tuple(reversed(scores)))


def test_without_shared_dossier_or_variety_nothing_is_measured():
    alone = agreement_of((Score("A", "1", 1), Score("B", "2", 2)))
    same = agreement_of(tuple(Score(f"D{n}", r, 3.0) for n in range(9) for r in "12"))

    assert (alone.alpha, alone.units) == (None, 0)
    assert (same.alpha, same.low, same.units) == (None, None, 9)


def test_too_few_dossiers_have_no_interval():
    few = tuple(Score(f"D{n}", r, float(n)) for n in range(4) for r in "12")

    assert (agreement_of(few).alpha, agreement_of(few).low) == (1, None)
