import pytest

from grants.letters.kinds import Kind
from grants.letters.placeholders import (
    faults,
    filled,
    longest,
    of_kind,
    paragraphs,
)
from grants.letters.starter import starter


@pytest.mark.parametrize("kind", list(Kind))
def test_the_starter_of_each_letter_is_faultless_and_bears_its_longest_values(kind):
    texts = starter(kind)

    assert [faults(text, kind) for text in texts.values()] == [[], [], []]
    assert all(value not in (None, "") for value in longest(kind).values())
    for text in texts.values():
        assert "{" not in filled(text, longest(kind))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Une aide de {montan}.", "{montan} n’est pas un mot connu. Le plus proche est {montant}."),
        ("{Date vote}", "{Date vote} n’est pas un mot connu. Le plus proche est {date_vote}."),
        ("{xyzw}", "{xyzw} n’est pas un mot connu."),
        ("{}", "{} n’est pas un mot connu."),
        ("{rang_reserve}", "{rang_reserve} n’existe pas dans la lettre « Aide accordée »."),
        ("{{montant}}", "Une accolade est ouverte ou fermée seule : écrivez {mot} en entier."),
        ("{montant", "Une accolade est ouverte ou fermée seule : écrivez {mot} en entier."),
        ("montant}", "Une accolade est ouverte ou fermée seule : écrivez {mot} en entier."),
    ],
)
def test_a_word_that_is_not_known_is_named_with_the_nearest(typed, said):
    assert faults(typed, Kind.AWARD) == [said]


def test_each_fault_is_said_once():
    assert len(faults("{inconnu} {inconnu} {montant}", Kind.REFUSE)) == 2


def test_values_are_written_as_their_type():
    values = longest(Kind.AWARD)

    assert filled("{montant} {taux} {note} {date_vote} {rang}", values) == (
        "199\u202f999,99\u202f€ 50,0\u202f% 88,88 mercredi 22\xa0septembre 2027 1\u202f234"
    )


def test_a_value_cannot_hide_another_word():
    assert filled("{projet}", {"projet": "{montant}"}) == "{montant}"


def test_a_paragraph_whose_words_are_all_empty_is_left_out():
    text = "Bonjour.\r\n\r\nMotif : {motif}\n \n{motif} pour {projet}\n\n\n"

    found = paragraphs(text, {"motif": "", "projet": "Hydrogène"})

    assert found == ["Bonjour.", "— pour Hydrogène"]


def test_each_letter_lists_its_own_words():
    assert "montant" in {one.name for one in of_kind(Kind.PARTIAL)}
    assert "montant" not in {one.name for one in of_kind(Kind.REFUSE)}
