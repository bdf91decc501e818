"""Word-level difference: what is shown gives both texts back, and quickly."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.screening.difference import GONE, NEW, SAME, Piece, difference


def test_words_changed_stand_between_words_kept():
    assert difference("Nous vendons dix pompes par an.", "Nous vendons vingt pompes par an.") == [
        Piece(SAME, "Nous vendons "),
        Piece(GONE, "dix "),
        Piece(NEW, "vingt "),
        Piece(SAME, "pompes par an."),
    ]


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("", "", []),
        ("", "a b", [NEW]),
        ("a b", "", [GONE]),
        ("a b", "a b", [SAME]),
        ("a b", "a b c", [SAME, GONE, NEW]),
    ],
)
def test_ends(old, new, kinds):
    assert [piece.kind for piece in difference(old, new)] == kinds


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab \n", max_size=60))
def test_both_texts_can_be_read_back(old, new):
    pieces = difference(old, new)

    assert "".join(p.text for p in pieces if p.kind != NEW) == old
    assert "".join(p.text for p in pieces if p.kind != GONE) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("mot " * 20_000, "autre " * 20_000),
        ("x" * 2_000_000, "y" * 2_000_000),
        (" ".join(map(str, range(1900))), " ".join(map(str, range(1900, 0, -1)))),
    ],
)
def test_enormous_texts_take_no_time(old, new):
    start = time.perf_counter()
    pieces = difference(old, new)

    assert time.perf_counter() - start < 2
    assert "".join(p.text for p in pieces if p.kind != NEW) == old
