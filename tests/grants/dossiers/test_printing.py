"""A dossier on paper: whole, on the page, and without what its reader may not see."""

from io import BytesIO

import pytest
from django.utils import translation
from page import validate_pdf_bytes
from pypdf import PdfReader

from grants.dossiers.operations import save_answer, submit
from grants.dossiers.printing import dossier_of, dossier_pdf
from tests.factories import make_call
from tests.grants.dossiers.complete import definition, make_draft, make_ready, rows
from tests.grants.dossiers.test_pages import page
from tests.grants.dossiers.test_writing import reopened

pytestmark = pytest.mark.django_db
IBAN = "FR7630006000011234567890189"
MARGIN_TO_MARGIN = 102  # the most letters of this size a line of ours can hold


def pages_of(pdf):
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def words_of(pdf):
    return "".join("".join(pages_of(pdf)).replace("\u200b", "").split())


def handed_in(dossier):
    return submit(dossier, actor=dossier.author)


def test_every_question_answer_table_sum_and_file_is_on_the_paper():
    dossier = make_ready()
    submission = handed_in(dossier)

    text = words_of(dossier_pdf(submission))

    for question in definition(dossier).questions.values():
        if not question.condition:
            assert "".join(question.label.split()) in text, question.key
    for told in (
        dossier.reference, "Hydrogènevertpourl’étangdeThau", "ÈveRuiz",
        "Présidente", "Total", "90000€", submission.sha256, "kbis.pdf",
        dossier.documents.first().sha256, "heuredeParis", dossier.organisation.siret,
    ):  # fmt: skip
        assert told in text, told


def test_paper_is_archivable_and_accessible():
    pdf = dossier_pdf(handed_in(make_ready()))

    for profile in ("2a", "ua1"):
        assert [
            failure.message for failure in validate_pdf_bytes(pdf, profile=profile).failures
        ] == []


def test_32768_letters_without_a_space_stay_on_the_page():
    asked = [{"key": "title", "kind": "short_text", "label": "Nom"},
             {"key": "long", "kind": "long_text", "label": "Texte"}]  # fmt: skip
    sections = [{"key": "s", "title": "Partie", "questions": asked}]
    dossier = make_draft(call=make_call(definition={"sections": sections}))
    submission = handed_in(dossier)
    submission.content["answers"]["long"] = "é" * 32_768

    pages = pages_of(dossier_pdf(submission))

    lines = [line.replace("\u200b", "") for text in pages for line in text.splitlines()]
    assert sum(line.count("é") for line in lines) >= 32_768
    assert max(line.count("é") for line in lines) <= MARGIN_TO_MARGIN
    assert len(pages) > 6


def test_a_long_word_stays_in_its_cell():
    dossier = make_ready()
    word = "x" * 100
    row = {"item": word, "nature": "supplies", "amount": "90 000"}
    save_answer(dossier, "budget", rows(row), version=1, actor=dossier.author)

    pages = pages_of(dossier_pdf(handed_in(dossier)))

    lines = [line.replace("\u200b", "") for text in pages for line in text.splitlines()]
    assert max(line.count("x") for line in lines) < 45
    assert word in words_of(dossier_pdf(dossier.submissions.get()))


def with_iban():
    dossier = make_ready()
    save_answer(dossier, "iban", IBAN, version=0, actor=dossier.author)
    return handed_in(dossier)


def test_who_judges_gets_neither_bank_details_nor_what_is_about_people():
    submission = with_iban()

    whole, judged = dossier_of(submission), dossier_of(submission, withheld={"bank", "personal"})

    assert "FR76 3000" in str(whole)
    assert "Ève Ruiz" in str(whole)
    assert "FR76" not in str(judged)
    assert "Ève Ruiz" not in str(judged)
    assert "Hydrogène vert" in str(judged)
    assert judged["note"]


def test_every_copy_says_the_same_whatever_its_reader_speaks():
    submission = handed_in(make_ready())

    with translation.override("en"):
        text = words_of(dossier_pdf(submission))

    assert text == words_of(dossier_pdf(submission))
    assert "Piècesjointes" in text


def test_each_version_stays_as_it_was_filed():
    dossier = reopened(["title"])
    save_answer(dossier, "title", "Titre corrigé", version=1, actor=dossier.author)
    second = handed_in(dossier)
    first = dossier.submissions.first()

    assert "Titre corrigé" in str(dossier_of(second))
    assert "Titre corrigé" not in str(dossier_of(first))
    assert dossier_of(first)["foot"] != dossier_of(second)["foot"]


def test_paper_that_cannot_be_made_is_told_and_nothing_breaks(client, settings, tmp_path):
    dossier = make_ready()
    handed_in(dossier)
    client.force_login(dossier.author)
    settings.BASE_DIR = tmp_path  # the child finds no module to run

    response = page(client, "pdf", dossier, 1)

    assert response.status_code == 302


def test_answers_can_be_read_again_version_by_version(client):
    dossier = reopened(["title"])
    save_answer(dossier, "title", "Titre corrigé", version=1, actor=dossier.author)
    handed_in(dossier)
    client.force_login(dossier.author)

    assert "Titre corrigé" in page(client, "answers", dossier).content.decode()
    first = page(client, "answers", dossier, 1).content.decode().split("<main")[1]
    assert "Hydrogène vert" in first
    assert page(client, "answers", dossier, 9).status_code == 404
