import pytest

from reviews.copies.telling import Told, told_in

NAMES = {
    "companies": ("Héliotuile SAS", "Montauban"),
    "people": ("Jeanne Roumiguière",),
    "numbers": ("732829320",),
}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Étude pour HELIOTUILE, 2026", "HELIOTUILE"),
        ("vu sur www.heliotuile.fr", "heliotuile"),
        ("Étude de Mme Roumiguière", "Roumiguière"),
        ("écrire à contact@exemple.fr", "contact@exemple.fr"),
        ("appeler le 05 61 00 00 00", "05 61 00 00 00"),
        ("RCS Toulouse 732 829 320", "732 829 320"),
        ("H é l i o t u i l e  S A S", "Héliotuile SAS"),
        ("siège : Montauban", "Montauban"),
    ],
)
def test_a_word_that_names_is_found_with_its_page(text, word):
    assert told_in(["Marché", text], [], **NAMES) == [Told(2, word)]


def test_words_nobody_sees_count():
    assert told_in(["Marché"], ["Héliotuile"], **NAMES) == [Told(0, "Héliotuile")]


@pytest.mark.parametrize(
    "text", ["Une tuile solaire", "Toulouse et www.ademe.fr", "le 7 mai 2026", ""]
)
def test_what_names_nobody_is_left_alone(text):
    assert told_in([text], [], **NAMES) == []


def test_each_word_is_told_once_and_the_first_few():
    pages = [f"Héliotuile, a{n}@exemple.fr" for n in range(40)]

    found = told_in(pages, [], **NAMES)

    assert len(found) == 12
    assert [one.word for one in found].count("Héliotuile") == 1
