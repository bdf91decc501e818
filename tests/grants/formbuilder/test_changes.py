import pytest

from grants.formbuilder.changes import changes_between
from grants.formbuilder.definition import parse

NAME = {"key": "name", "kind": "short_text", "label": "Nom"}
STORY = {"key": "story", "kind": "long_text", "label": "Récit", "words": 400}
STAGE = {"key": "stage", "kind": "one_of", "label": "Étape", "choices": [["a", "A"], ["b", "B"]]}
COST = {"key": "cost", "kind": "money", "label": "Coût", "least": "10"}


def form(*sections):
    return parse({"sections": [
        {"key": f"s{n}", "title": f"Section {n}", "questions": list(questions)}
        for n, questions in enumerate(sections)
    ]})  # fmt: skip


def told(before, after):
    return [(c.kind, c.label, c.details) for c in changes_between(before, after)]


@pytest.mark.parametrize(
    ("old", "new", "details"),
    [
        (STORY, {**STORY, "words": 300}, ("mots au plus\u202f: 300 au lieu de 400",)),
        (NAME, {**NAME, "label": "Titre"}, ("s’appelait «\u202fNom\u202f»",)),
        (NAME, {**NAME, "help": "Court."}, ("aide réécrite",)),
        (NAME, {**NAME, "required": True}, ("désormais obligatoire",)),
        ({**NAME, "required": True}, NAME, ("désormais facultatif",)),
        (NAME, {**NAME, "confidentiality": "bank"},
         ("désormais «\u202fCoordonnées bancaires\u202f»",)),
        (COST, {**COST, "least": "20.5"}, ("valeur minimale\u202f: 20,5 au lieu de 10",)),
        ({**COST, "least": "10"}, {k: v for k, v in COST.items() if k != "least"},
         ("valeur minimale\u202f: sans limite au lieu de 10",)),
        (STAGE, {**STAGE, "choices": [["a", "A"], ["c", "C"]]},
         ("choix ajoutés\u202f: C", "choix retirés\u202f: B")),
        (STAGE, {**STAGE, "choices": [["b", "B"], ["a", "A"]]}, ("choix ou colonnes réécrits",)),
    ],
)  # fmt: skip
def test_change_is_told_in_words(old, new, details):
    assert told(form([old]), form([new])) == [("changed", new["label"], details)]


def test_nothing_changed_says_nothing():
    assert told(form([NAME, STORY]), form([NAME, STORY])) == []


def test_added_and_removed_name_their_section():
    changes = changes_between(form([NAME], [STORY]), form([NAME, {**COST, "required": True}], []))

    assert [(c.kind, c.label, c.section, c.details) for c in changes] == [
        ("added", "Coût", "Section 0", ("réponse obligatoire",)),
        ("removed", "Récit", "Section 1", ()),
    ]


def test_condition_is_told_when_it_comes_and_when_it_goes():
    told_if = {"all": [{"question": "stage", "is": "equals", "value": "b"}]}
    free, bound = form([STAGE, NAME]), form([STAGE, {**NAME, "condition": told_if}])

    assert told(free, bound) == [
        ("changed", "Nom", ("posé si «\u202fÉtape\u202f» est «\u202fB\u202f»",))
    ]
    assert told(bound, free) == [("changed", "Nom", ("posé à tous",))]


def test_moves_are_told():
    assert told(form([NAME], [COST]), form([], [COST, NAME])) == [
        ("changed", "Nom", ("déplacé dans «\u202fSection 1\u202f»",))
    ]
    assert told(form([NAME, COST, STORY]), form([COST, NAME, STORY])) == [
        ("changed", "Coût", ("change de place",))
    ]
