import io

import pytest
from pypdf import PdfReader

from grants.decisions.letters import make_letter, words
from grants.decisions.operations import announce, check, propose
from grants.decisions.queue import without_letter
from tests.grants.decisions.scene import Scene, vote
from tests.grants.decisions.test_operations import voted

pytestmark = pytest.mark.django_db


def announced(scene):
    announce(voted(scene), actor=scene.manager)
    return scene.decisions()


def text_of(letter):
    with letter.file.open("rb") as file:
        pages = PdfReader(io.BytesIO(file.read())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_refusal_says_why_and_how_to_contest():
    scene = Scene()
    refused = announced(scene)[2]

    text = text_of(make_letter(refused.pk))

    assert refused.dossier.reference in text
    assert "seuil publié de 2,50 sur 5" in text
    assert "Point le plus faible : Impact" in text
    assert "tribunal administratif" in text
    assert "CP/2026-11/12.07" in text


def test_a_criterion_under_its_minimum_is_not_funded_and_the_letter_says_which():
    scene = Scene(impact={"minimum": 2.5})
    best = announced(scene)[0]

    text = text_of(make_letter(best.pk))

    assert best.outcome == "refuse"
    assert "n’est pas atteinte sur : Impact (2,00 pour un minimum de 2,50)" in text


def test_a_criterion_at_its_minimum_is_funded():
    assert announced(Scene(impact={"minimum": 2}))[0].outcome == "award"


def test_a_letter_is_made_once():
    scene = Scene()
    decision = announced(scene)[0]

    first = make_letter(decision.pk)

    assert make_letter(decision.pk) == first
    assert without_letter().filter(pk=decision.pk).count() == 0


def test_nothing_is_written_before_the_announcement():
    scene = Scene()
    scene.prepared()

    assert make_letter(scene.decisions()[0].pk) is None


@pytest.mark.parametrize("title", ["Hydrogène 🚀 Ελλάδα 漢字", "é" * 200, '#read("manage.py")'])
def test_no_title_stops_the_letter(title):
    scene = Scene()
    decision = announced(scene)[0]
    decision.dossier.title = title
    decision.dossier.save(update_fields=["title"])

    letter = make_letter(decision.pk)

    with letter.file.open("rb") as file:
        assert file.read(4) == b"%PDF"


def test_the_words_of_the_reserve_name_its_rank_and_its_end():
    scene = Scene(endowed=120_000)
    announce(voted_without_partial(scene), actor=scene.manager)

    said = " ".join(words(scene.decisions()[1])["paragraphs"])

    assert "rang 1 de la liste de réserve" in said


def voted_without_partial(scene):
    allocation = propose(scene.prepared(), actor=scene.manager)
    return vote(check(allocation, actor=scene.second), actor=scene.manager)
