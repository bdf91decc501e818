"""The receipt as a page, and the proof anybody can make again."""

import hashlib
import json
from datetime import date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from grants.core.wording import day
from grants.dossiers.models import Submission
from grants.dossiers.operations import submit
from grants.programmes.states import Role
from grants.screening.delay import told_at
from grants.screening.models import CompletionRequest
from tests.factories import make_staff
from tests.grants.dossiers.complete import make_ready

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def submission(client):
    dossier = make_ready()
    client.force_login(dossier.author)
    return submit(dossier, actor=dossier.author)


def get(client, name, submission, version=None):
    args = [submission.dossier.pk, version or submission.version]
    return client.get(reverse(f"tracking:{name}", args=args))


def test_page_says_everything_the_law_wants(client, submission):
    text = get(client, "receipt", submission).content.decode()

    dossier = submission.dossier
    programme = dossier.call.programme
    for told in (
        dossier.reference, submission.sha256, "heure de Paris", "est réputée rejetée",
        "tribunal administratif", programme.contact_email, programme.contact_phone,
        programme.contact_address, *[f.sha256 for f in dossier.documents.all()],
    ):  # fmt: skip
        assert told in text, told


def test_page_and_pdf_say_the_same_day(client, submission):
    until = told_at(submission, [submission], [])
    written = day(until, weekday=False)

    page = get(client, "receipt", submission).content.decode()
    pdf = PdfReader(BytesIO(get(client, "receipt_pdf", submission).content))

    paper = "".join(page.extract_text() for page in pdf.pages)
    assert f"Sans réponse de la Région le {written}" in page
    assert "".join(written.split()) in "".join(paper.split())


def test_downloaded_content_has_the_digest_of_the_receipt(client, submission):
    response = get(client, "content", submission)

    assert hashlib.sha256(response.content).hexdigest() == submission.sha256
    assert json.loads(response.content)["answers"]["title"].startswith("Hydrogène")
    assert response["Content-Disposition"].startswith("attachment")


def test_receipt_of_a_version_nobody_filed_is_404(client, submission):
    for name in ("receipt", "receipt_pdf", "content"):
        assert get(client, name, submission, version=2).status_code == 404


def test_pdf_declares_the_archival_standard_it_was_made_to(client, submission):
    pdf = PdfReader(BytesIO(get(client, "receipt_pdf", submission).content))

    metadata = pdf.root_object["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert pdf.root_object["/MarkInfo"]["/Marked"]


# Filed on 15 January, asked on the 25th for 10 February; what the second receipt has to say.
@pytest.mark.parametrize(
    ("effect", "answered", "until"),
    [
        ("restart", 4, date(2027, 4, 4)),
        ("suspend", 4, date(2027, 3, 25)),
        ("suspend", 20, date(2027, 3, 31)),
    ],
)
def test_second_receipt_follows_what_the_request_did_to_the_delay(effect, answered, until):
    deposits = [
        Submission(version=1, at=datetime(2027, 1, 15, 12, tzinfo=PARIS)),
        Submission(version=2, at=datetime(2027, 2, answered, 12, tzinfo=PARIS)),
    ]
    request = CompletionRequest(
        effect=effect,
        asked_at=datetime(2027, 1, 25, 12, tzinfo=PARIS),
        due_at=datetime(2027, 2, 10, 12, tzinfo=PARIS),
    )

    assert told_at(deposits[1], deposits, [request]) == until
    assert told_at(deposits[0], deposits, [request]) == date(2027, 3, 15)


def test_officers_read_the_receipt_too(client, submission):
    client.force_login(make_staff(submission.dossier.call.programme, Role.OFFICER))

    assert get(client, "receipt", submission).status_code == 200
    assert get(client, "content", submission).status_code == 200
    assert timezone.now() - submission.at < timedelta(hours=1)
