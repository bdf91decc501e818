import pytest

from grants.core.differences import FIRST, SAME, SECOND, difference


def test_only_the_word_that_changed_is_told_apart():
    pieces = difference("Nous chauffons dix bâtiments.", "Nous chauffons vingt bâtiments.")

    assert pieces == [
        (SAME, "Nous chauffons "), (FIRST, "dix"), (SECOND, "vingt"), (SAME, " bâtiments."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second"), [("", "a b"), ("a b", ""), ("é" * 300, "l’eau\n\nchaude"), ("a,b", "a b")]
)
def test_both_texts_can_be_made_again_to_the_letter(first, second):
    pieces = difference(first, second)

    assert "".join(text for kind, text in pieces if kind != SECOND) == first
    assert "".join(text for kind, text in pieces if kind != FIRST) == second
