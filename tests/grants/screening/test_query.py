from decimal import Decimal

import pytest

from grants.dossiers.states import State
from grants.screening.bounds import Bounds, amounts
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
        ("state:submitted STATE:in_review", (("état", "déposé"), ("état", "en-évaluation"))),
        ("etat:a-completer late all", (("état", "à-compléter"), ("en-retard", ""), ("tous", ""))),
        (
            "officer:@me instructeur:@personne",
            (("instructeur", "@moi"), ("instructeur", "@personne")),
        ),
        ('instructeur:"Jean Roux"', (("instructeur", "jean roux"),)),
        ("amount:>50000 montant:10k..20k", (("montant", ">50000"), ("montant", "10k..20k"))),
        ("dépôt:>=2027-01-14", (("dépôt", ">=2027-01-14"),)),
        ('tag:"à voir"', (("étiquette", "à voir"),)),
        ('"prix:3"', (("", "prix:3"),)),
        ('"jamais fermé', (("", "jamais fermé"),)),
        ("a a a", (("", "a"),)),
        ('""', ()),
    ],
)
def test_a_search_is_read_word_by_word(text, pieces):
    assert parse(text).pieces == pieces


@pytest.mark.parametrize(
    ("text", "part", "reason"),
    [
        ("prix:3", "prix:3", "n’est pas un filtre"),
        ("état:inconnu", "état:inconnu", "cet état n’existe pas. Les états sont déposé"),
        ("dept:", "dept:", "écrivez une valeur"),
        ("officer:@patron", "officer:@patron", "@moi"),
        ("montant:1e5", "montant:1e5", "montant comme >50000"),
        ("montant:NaN", "montant:NaN", "montant comme"),
        ("montant:-0", "montant:-0", "montant comme"),
        ("montant:١٢", "montant:١٢", "montant comme"),
        ("montant:9..3", "montant:9..3", "montant comme"),
        ("dépôt:2027-02-29", "dépôt:2027-02-29", "date comme"),
        ("dépôt:9999-12-31", "dépôt:9999-12-31", "date comme"),
    ],
)
def test_a_part_that_means_nothing_is_named_and_kept(text, part, reason):
    query = parse(f"dept:31 {text}")

    (problem,) = query.problems
    assert problem.startswith(f"«\u202f{part}\u202f»")
    assert reason in problem
    assert str(query) == f"dept:31 {text}"
    assert query.values("dept") == ["31"]
    assert query.words == []


@pytest.mark.parametrize(
    "text",
    [
        "état:déposé dept:31", 'appel:AP27 "hydrogène vert"', "tous", 'étiquette:"à voir"',
        '"a:b"', "montant:>=1000,50",
    ],
)  # fmt: skip
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
    assert len(str(parse("x" * 5000))) == 300


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50000", Bounds(Decimal(50000), Decimal(50000))),
        (">50000", Bounds(low=Decimal(50000), low_out=True)),
        (">=50k", Bounds(low=Decimal(50000))),
        ("<1000,50", Bounds(high=Decimal("1000.50"), high_out=True)),
        ("<=1000€", Bounds(high=Decimal(1000))),
        ("10k..20k", Bounds(Decimal(10000), Decimal(20000))),
        ("", None),
        (">", None),
        ("1000..", None),
        ("9999999999999", None),
    ],
)
def test_amounts_are_read_as_bounds(text, expected):
    assert amounts(text) == expected
