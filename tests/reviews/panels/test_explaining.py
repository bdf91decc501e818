import pytest

from reviews.panels.calibration import calibrate, calibrate_with
from reviews.panels.explaining import Shift, shifts
from reviews.panels.mixed_model import Deviations
from reviews.panels.telling import signed, why
from tests.reviews.panels.penicillin import PENICILLIN
from tests.reviews.panels.test_mixed_model import BY_HAND


def test_the_parts_of_a_correction_add_up_to_it():
    fit = calibrate(PENICILLIN)

    found = shifts(fit, PENICILLIN)

    for one in fit.dossiers:
        assert found[one.id].total == pytest.approx(one.calibrated - one.raw, abs=1e-12)


def test_the_case_by_hand():
    """A was read by the severe R1 alone, C by the generous R2 alone, B by both."""
    found = shifts(calibrate_with(BY_HAND, Deviations(1, 1, 1)), BY_HAND)

    assert found["A"].by_readers == pytest.approx(0.4)
    assert found["A"].by_shrinkage == pytest.approx(-0.2)
    assert found["A"].readers == (("R1", pytest.approx(-0.4)),)
    assert found["B"].total == pytest.approx(0, abs=1e-12)


def test_nothing_is_explained_where_nothing_was_corrected():
    assert shifts(calibrate(BY_HAND), BY_HAND) == {}


SHIFT = Shift(by_readers=0.19, by_shrinkage=0.03, readers=(("7", -0.45), ("8", 0.07)))


def test_the_sentence_names_who_and_how_much():
    said = why(SHIFT, reviews=2, mean=3.1, names={7: "Solange Arnal", 8: "Paul Vidal"})

    assert said == (
        "Corrigée de +0,22\u202f: +0,19 parce que ses experts notent plus sévèrement que les "
        "autres (Solange Arnal −0,45, Paul Vidal +0,07)\u202f; +0,03 parce qu’avec 2 notes elle "
        "est rapprochée de la moyenne de l’appel (3,10)."
    )


def test_the_sentence_without_names_tells_nobody_apart():
    said = why(SHIFT, reviews=2, mean=3.1)

    assert "(" not in said.split("\u202f;")[0]
    assert "plus sévèrement" in said


def test_a_part_that_does_not_show_is_not_told():
    shift = Shift(by_readers=-0.3, by_shrinkage=0.001, readers=())

    assert why(shift, reviews=3, mean=3.1) == (
        "Corrigée de −0,30\u202f: −0,30 parce que ses experts notent plus généreusement que les "
        "autres."
    )
    assert why(Shift(0.0, 0.0, ()), reviews=3, mean=3.1).startswith("Rien à corriger")
    assert why(None, reviews=3, mean=3.1) == ""


def test_zero_has_no_sign():
    assert [signed(v) for v in (0.22, -0.1, -0.001, 0.0)] == ["+0,22", "−0,10", "0,00", "0,00"]
