import pytest

from grants.dossiers.states import State
from grants.screening.query import WORD_OF_STATE, parse


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", ()),
        ("hydrogène vert", (("", "hydrogène"), ("", "vert"))),
        ('"hydrogène vert"', (("", "hydrogène vert"),)),
        ("état:déposé dept:31", (("état", "déposé"), ("dept", "31"))),
        ("ETAT:Déposé dept:2A", (("état", "déposé"), ("dept", "2a"))),
        ("appel:ap27 thème:Energie", (("appel", "AP27"), ("thème", "energie"))),
        ("en-retard tous", (("en-retard", ""), ("tous", ""))),
        ("état:inconnu", (("", "état:inconnu"),)),
        ("prix:3", (("", "prix:3"),)),
        ("dept:", (("", "dept:"),)),
        ("a a a", (("", "a"),)),
        ('""', ()),
    ],
)
def test_a_search_is_read_word_by_word(text, pieces):
    assert parse(text).pieces == pieces


@pytest.mark.parametrize("text", ["état:déposé dept:31", 'appel:AP27 "hydrogène vert"', "tous"])
def test_a_search_reads_back_as_it_was_typed(text):
    assert str(parse(text)) == text


def test_a_chip_adds_then_removes_its_words():
    query = parse("hydrogène").toggled("dept", "31")

    assert str(query) == "hydrogène dept:31"
    assert str(query.toggled("dept", "31")) == "hydrogène"


@pytest.mark.parametrize(
    ("text", "waits"),
    [("", True), ("dept:31", True), ("hydrogène", False), ("tous", False), ("en-retard", False)],
)
def test_without_state_or_word_the_queue_shows_what_waits(text, waits):
    assert parse(text).waits_only is waits


def test_every_state_an_officer_meets_has_its_word():
    assert set(WORD_OF_STATE) == set(State) - {State.DRAFT}


def test_a_very_long_search_is_cut():
    assert len(str(parse("x" * 5000))) == 200
