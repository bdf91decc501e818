import io

import pytest
from django.utils import timezone
from pypdf import PdfReader

from grants.core import typesetting
from grants.decisions.operations import announce, check, propose, revise
from grants.letters.models import PAUSE, LetterFailure, awaited, to_sweep
from grants.letters.operations import make_letters
from tests.grants.decisions.scene import Scene, vote
from tests.grants.letters.scene import announced, make_letter

pytestmark = pytest.mark.django_db


def text_of(letter):
    with letter.file.open("rb") as file:
        pages = PdfReader(io.BytesIO(file.read())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_refusal_says_why_and_how_to_contest():
    scene = Scene()
    refused = announced(scene)[2]

    letter = make_letter(refused)
    text = text_of(letter)

    assert refused.dossier.reference in text
    assert "seuil publié de 2,50 sur 5" in text
    assert "Point le plus faible : Impact" in text
    assert "tribunal administratif" in text
    assert "deux mois de silence valent rejet" in text
    assert "CP/2026-11/12.07" in text
    assert (letter.kind, letter.template.version) == ("refuse", 1)
    with letter.file.open("rb") as file:
        root = PdfReader(io.BytesIO(file.read())).root_object
    assert root["/MarkInfo"]["/Marked"]
    assert all(mark in root["/Metadata"].get_data() for mark in (b"pdfaid", b"pdfuaid"))


def test_a_criterion_under_its_minimum_is_not_funded_and_the_letter_says_which():
    scene = Scene(impact={"minimum": 2.5})
    best = announced(scene)[0]

    text = text_of(make_letter(best))

    assert best.outcome == "refuse"
    assert "n’est pas atteinte sur : Impact (2,00 pour un minimum de 2,50)" in text


def test_a_criterion_at_its_minimum_is_funded():
    assert announced(Scene(impact={"minimum": 2}))[0].outcome == "award"


def test_each_outcome_has_its_letter_made_once():
    scene = Scene()
    decisions = announced(scene)
    keys = [decision.pk for decision in decisions]

    made, failed = make_letters(keys)
    again = make_letters(keys)

    assert [letter.kind for letter in made] == ["award", "partial", "refuse"]
    assert "Vous demandiez 100" in " ".join(made[1].content["paragraphs"])
    assert (failed, again) == ([], ([], []))
    assert not awaited().exists()


def test_nothing_is_written_before_the_announcement():
    scene = Scene()
    scene.prepared()

    assert make_letters([scene.decisions()[0].pk]) == ([], [])


@pytest.mark.parametrize("title", ["Hydrogène 🚀 Ελλάδα 漢字", "é" * 200, '#read("manage.py")'])
def test_no_title_stops_the_letter(title):
    scene = Scene()
    decision = announced(scene)[0]
    decision.dossier.title = title
    decision.dossier.save(update_fields=["title"])

    with make_letter(decision).file.open("rb") as file:
        assert file.read(4) == b"%PDF"


def test_a_poisoned_letter_fails_alone_with_its_reason(monkeypatch):
    scene = Scene()
    allocation = scene.prepared()
    first, second, _third = scene.decisions()
    revise(first, amount=first.amount, reason="mot " * 1_200_000, version=1, actor=scene.manager)
    revise(second, amount=second.amount, reason="Le reste.", version=1, actor=scene.manager)
    propose(allocation, actor=scene.manager)
    announce(vote(check(allocation, actor=scene.second), actor=scene.manager), actor=scene.manager)
    monkeypatch.setattr(typesetting, "SECONDS", 2)

    made, failed = make_letters([decision.pk for decision in scene.decisions()])

    assert {letter.kind for letter in made} == {"partial", "refuse"}
    assert [one.decision_id for one in failed] == [first.pk]
    assert "still not typeset" in LetterFailure.objects.get().reason
    assert not to_sweep(timezone.now()).exists()
    assert to_sweep(timezone.now() + PAUSE).get().pk == first.pk


def test_a_letter_that_failed_can_be_tried_again(monkeypatch):
    scene = Scene()
    decision = announced(scene)[0]
    monkeypatch.setattr(typesetting, "SECONDS", 0.001)
    assert [one.kind for one in make_letters([decision.pk])[1]] == ["award"]
    monkeypatch.undo()

    assert make_letter(decision).kind == "award"


def test_the_words_of_the_reserve_name_its_rank_and_its_end():
    scene = Scene(endowed=120_000)
    allocation = propose(scene.prepared(), actor=scene.manager)
    announce(vote(check(allocation, actor=scene.second), actor=scene.manager), actor=scene.manager)

    said = " ".join(make_letter(scene.decisions()[1]).content["paragraphs"])

    assert "rang 1 de la liste de réserve" in said
