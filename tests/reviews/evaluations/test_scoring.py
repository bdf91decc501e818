from decimal import Decimal

import pytest

from reviews.evaluations.grid import Wrong, read_confidence, read_mark, read_text
from reviews.evaluations.scoring import weighted_mean


@pytest.mark.parametrize(
    ("marks", "mean"),
    [
        ([(4, Decimal(60)), (2, Decimal(40))], "3.20"),
        ([(4, Decimal(60)), (None, Decimal(40))], "4.00"),
        ([(0, Decimal(1))], "0.00"),
        ([(1, Decimal(1)), (0, Decimal(7))], "0.13"),
        ([(None, Decimal(1))], None),
        ([], None),
    ],
)
def test_weighted_mean_of_the_marks_given(marks, mean):
    assert weighted_mean(marks) == (None if mean is None else Decimal(mean))


@pytest.mark.parametrize("typed", ["0", "5", " 3 "])
def test_marks_on_the_scale_are_read(typed):
    assert read_mark(typed, top=5) == int(typed)


@pytest.mark.parametrize("typed", ["6", "-1", "1e5", "NaN", "2.5", "٣", "²", "0x1", "1_0", "999"])
def test_what_is_no_mark_is_refused(typed):
    with pytest.raises(Wrong, match="de 0 à 5"):
        read_mark(typed, top=5)


@pytest.mark.parametrize("typed", ["0", "4", "fort"])
def test_what_is_no_confidence_is_refused(typed):
    with pytest.raises(Wrong, match="trois niveaux"):
        read_confidence(typed)


def test_lines_of_any_system_are_read_alike():
    assert read_text("a\r\nb\rc\n ") == "a\nb\nc"


@pytest.mark.parametrize("typed", ["a\0b", "x" * 5_001])
def test_what_cannot_be_kept_is_refused(typed):
    with pytest.raises(Wrong):
        read_text(typed)
