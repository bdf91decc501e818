import pytest

from reviews.panels.agreement import NOTHING, intraclass, krippendorff_alpha
from reviews.panels.fitting import estimate
from reviews.panels.mixed_model import design_of
from reviews.panels.scores import Score
from tests.reviews.panels.penicillin import PENICILLIN

CODERS = (
    "* * * * * 3 4 1 2 1 1 3 3 * 3",
    "1 * 2 1 3 3 4 3 * * * * * * *",
    "* * 2 1 3 4 4 * 2 1 1 3 3 * 4",
)
SHROUT_FLEISS = ("9 2 5 8", "6 1 3 2", "8 4 6 8", "7 1 2 6", "10 5 6 9", "6 2 4 7")


def krippendorff():
    return tuple(
        Score(f"unit {unit}", f"coder {coder}", float(cell))
        for coder, row in enumerate(CODERS)
        for unit, cell in enumerate(row.split())
        if cell != "*"
    )


def shrout_fleiss():
    return tuple(
        Score(f"target {target}", f"judge {judge}", float(cell))
        for target, row in enumerate(SHROUT_FLEISS)
        for judge, cell in enumerate(row.split())
    )


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.691358), ("ordinal", 0.806721), ("interval", 0.810845)]
)
def test_alpha_of_the_published_table(level, alpha):
    assert round(krippendorff_alpha(krippendorff(), level), 6) == alpha


def test_ratio_alpha_by_its_definition():
    scores = (Score("A", "1", 1), Score("A", "2", 3), Score("B", "1", 3), Score("B", "2", 3))

    # Observed: 2 of 4 ordered pairs differ by (2/4)². Expected: 6 of 12.
    assert krippendorff_alpha(scores, "ratio") == pytest.approx(1 - (2 / 4) / (6 / 12))
    assert krippendorff_alpha((*scores, Score("B", "3", -1)), "ratio") is None


def test_alpha_is_one_when_all_agree_and_undefined_without_variety_or_pairs():
    agreed = tuple(Score(d, r, v) for d, v in (("A", 1), ("B", 2)) for r in "12")

    assert krippendorff_alpha(agreed, "interval") == 1
    assert krippendorff_alpha(agreed[:2], "interval") is None
    assert krippendorff_alpha((agreed[0], agreed[2]), "nominal") is None


def test_unknown_level_is_refused():
    with pytest.raises(ValueError, match="unknown level"):
        krippendorff_alpha(krippendorff(), "cardinal")


def test_intraclass_of_the_published_table():
    icc = intraclass(shrout_fleiss())

    assert round(icc.icc2, 6) == 0.289764
    assert round(icc.icc2k, 6) == 0.620051
    assert (round(icc.icc1, 2), round(icc.icc3, 2)) == (0.17, 0.71)


def test_intraclass_with_a_missing_cell_comes_from_the_variances():
    scores = PENICILLIN[1:]
    sd = estimate(design_of(scores))

    icc = intraclass(scores)

    total = sd.dossier**2 + sd.reviewer**2 + sd.residual**2
    assert icc.icc2 == pytest.approx(sd.dossier**2 / total)
    assert icc.icc3 == pytest.approx(sd.dossier**2 / (sd.dossier**2 + sd.residual**2))
    assert icc.icc2 == pytest.approx(intraclass(PENICILLIN).icc2, abs=0.01)
    assert icc.icc2k == pytest.approx(intraclass(PENICILLIN).icc2k, abs=0.01)
    assert icc.icc1 == pytest.approx(intraclass(PENICILLIN).icc1, abs=0.01)


def test_one_reviewer_or_one_dossier_cannot_tell():
    assert intraclass((Score("A", "1", 1), Score("B", "1", 2))) == NOTHING
    assert intraclass((Score("A", "1", 1), Score("A", "2", 2))) == NOTHING
