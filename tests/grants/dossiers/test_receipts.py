from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from page import validate_pdf_bytes
from pypdf import PdfReader

from grants.dossiers.models import Submission
from grants.dossiers.operations import save_answer, submit
from grants.dossiers.receipts import instant, receipt_of, receipt_pdf
from grants.history.operations import seal
from tests.grants.dossiers.complete import make_ready

pytestmark = pytest.mark.django_db
UNTIL = date(2100, 1, 14)


def words_of(pdf):
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return "".join(text.split())


def test_receipt_shows_reference_digests_remedies_and_contact():
    dossier = make_ready()
    submission = submit(dossier, actor=dossier.author)

    text = words_of(receipt_pdf(submission, until=UNTIL))

    document = dossier.documents.first()
    for told in (
        dossier.reference,
        submission.sha256,
        document.sha256,
        dossier.organisation.siret,
        "heuredeParis",
        "L.231-4",
        "tribunaladministratif",
        dossier.call.programme.contact_email,
    ):
        assert told in text


@pytest.mark.parametrize(
    "title", ["Éclat 🚀 漢字", "Ἑλλάς · Ωμέγα", '#read("/etc/passwd") $x$ *y*', "é" * 120]
)
def test_no_title_stops_the_receipt(title):
    dossier = make_ready()
    save_answer(dossier, "title", title, version=1, actor=dossier.author)

    pdf = receipt_pdf(submit(dossier, actor=dossier.author), until=UNTIL)

    assert dossier.reference in words_of(pdf)


def test_receipt_is_archivable_and_accessible():
    pdf = receipt_pdf(submit((dossier := make_ready()), actor=dossier.author), until=UNTIL)

    for profile in ("2a", "ua1"):
        report = validate_pdf_bytes(pdf, profile=profile)
        assert [failure.message for failure in report.failures] == []
        assert report.is_compliant


def test_receipt_carries_the_last_seal_made_before_it():
    dossier = make_ready()
    [last] = seal()
    submission = submit(dossier, actor=dossier.author)
    seal()

    assert receipt_of(submission, until=UNTIL)["seal"] == last.digest
    assert last.sha256 in words_of(receipt_pdf(submission, until=UNTIL))


def test_time_of_reception_is_told_to_the_second_in_paris():
    dossier = make_ready()
    submission = submit(dossier, actor=dossier.author)
    submission = Submission(
        dossier=dossier, at=datetime(2027, 1, 14, 10, 59, 58, tzinfo=UTC), version=1,
        by=dossier.author, content=submission.content, deadline_at=submission.deadline_at,
    )  # fmt: skip

    told = receipt_of(submission, until=date(2027, 3, 14))
    facts = {fact["label"]: fact["value"] for fact in told["facts"]}

    assert facts["Reçu le"] == "jeudi 14\u00a0janvier 2027 à 11 h 59 min 58 s, heure de Paris"
    assert "14\u00a0mars 2027" in told["parts"][0]["paragraphs"][0]


def test_receipt_says_when_the_delay_had_already_run_out():
    submission = submit((dossier := make_ready()), actor=dossier.author)
    yesterday = submission.at.date() - timedelta(days=1)

    said = receipt_of(submission, until=yesterday)["parts"][0]["paragraphs"][0]

    assert "déjà passé" in said
    assert "a valu rejet" in said


@pytest.mark.parametrize("title", ["é" * 120, "W" * 120, "1" * 120])
def test_a_long_word_stays_on_the_page(title):
    dossier = make_ready()
    save_answer(dossier, "title", title, version=1, actor=dossier.author)
    pdf = receipt_pdf(submit(dossier, actor=dossier.author), until=UNTIL)

    lines = [x for p in PdfReader(BytesIO(pdf)).pages for x in p.extract_text().splitlines()]

    assert max(line.count(title[0]) for line in lines) < 70
    assert sum(line.count(title[0]) for line in lines) >= 120


def test_hour_is_written_in_full():
    at = datetime(2027, 1, 1, 0, 0, 5, tzinfo=UTC)

    assert instant(at) == "vendredi 1er\u00a0janvier 2027 à 0 h 00 min 05 s"
