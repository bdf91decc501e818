"""What a communicable copy shows, masks, and when it may leave."""

from io import BytesIO

import pytest
from page import validate_pdf_bytes
from pypdf import PdfReader

from accounts.access import Refused
from grants.disclosure.masking import copy_of
from grants.disclosure.models import HandedCopy
from grants.disclosure.operations import hand_over
from grants.dossiers.forms_of import handed_in
from grants.dossiers.models import Dossier
from grants.dossiers.operations import save_answer, submit
from grants.dossiers.printing import dossier_pdf
from grants.programmes.states import Role
from tests.factories import make_staff
from tests.grants.dossiers.complete import make_ready

pytestmark = pytest.mark.django_db
PROCESS = "KX-4417"
RECIPIENT = "Société concurrente, demande du 3 mars 2027"


@pytest.fixture
def submission():
    dossier = make_ready()
    save_answer(dossier, "innovation", f"Procédé {PROCESS}.", version=1, actor=dossier.author)
    return submit(dossier, actor=dossier.author)


def reject(submission):
    Dossier.objects.filter(pk=submission.dossier_id).update(state="inadmissible")
    submission.dossier.refresh_from_db()
    return submission.dossier


def officer(submission):
    return make_staff(submission.dossier.call.programme, Role.OFFICER)


def words_of(pdf):
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return "".join(text.replace("\u200b", "").split())


def test_each_answer_follows_the_class_of_its_question(submission):
    form = handed_in(submission.dossier, submission)
    copy = copy_of(submission)
    told = {
        reply["label"]: reply["lines"] or reply["rows"]
        for section in copy.content["sections"]
        for reply in section["replies"]
    }
    because = {"secret": "secret des affaires", "personal": "donnée personnelle",
               "bank": "coordonnées bancaires"}  # fmt: skip

    shown = [reply for reply in form.replies.values() if not reply.is_hidden]
    classes = {reply.question.confidentiality for reply in shown}
    assert classes >= {"public", "after_decision", "secret", "personal"}
    for reply in shown:
        lines = told[reply.question.label]
        masked = because.get(reply.question.confidentiality)
        assert (lines == [f"[Occulté\u202f: {masked}]"]) is bool(masked), reply.question.key


def test_the_copy_holds_no_masked_value_nor_the_person_who_filed(submission):
    dossier = reject(submission)
    text = words_of(hand_over(dossier, recipient=RECIPIENT, actor=officer(submission)))
    kept = words_of(dossier_pdf(submission))

    # What the whole dossier says, its communicable copy does not.
    for value in (PROCESS, "ÈveRuiz", "120000", "Prototype"):
        assert value in kept.replace("\u202f", ""), value
        assert value not in text.replace("\u202f", ""), value
    assert "".join(str(submission.by).split()) not in text
    assert "Occulté:secretdesaffaires" in text.replace("\u202f", "")


def test_the_copy_is_archivable_and_remembered(submission):
    actor = officer(submission)
    pdf = hand_over(reject(submission), recipient=RECIPIENT, actor=actor)

    for profile in ("2a", "ua1"):
        report = validate_pdf_bytes(pdf, profile=profile)
        assert [failure.message for failure in report.failures] == []
    kept = HandedCopy.objects.get()
    assert (kept.recipient, kept.by, kept.submission) == (RECIPIENT, actor, submission)
    assert kept.masked > 0


def test_nothing_leaves_before_the_decision(submission):
    with pytest.raises(Refused, match="pas décidé"):
        hand_over(submission.dossier, recipient=RECIPIENT, actor=officer(submission))
    assert not HandedCopy.objects.exists()


def test_the_page_says_what_is_masked_and_to_whom_copies_went(submission, client, count_queries):
    actor = officer(submission)
    client.force_login(actor)
    address = f"/communication/{submission.dossier_id}/"
    assert "n’est pas décidé" in client.get(address).content.decode()

    dossier = reject(submission)
    hand_over(dossier, recipient=RECIPIENT, actor=actor)
    one = count_queries(lambda: client.get(address))
    for _ in range(2):
        hand_over(dossier, recipient=RECIPIENT, actor=actor)

    page = client.get(address).content.decode()
    assert count_queries(lambda: client.get(address)) == one
    assert RECIPIENT in page
    assert "occultée" in page


def test_a_copy_names_whoever_asked(submission, client):
    client.force_login(officer(submission))
    dossier = reject(submission)
    address = f"/communication/{dossier.pk}/"

    assert "Qui demande cette copie" in client.post(address, {"recipient": " "}).content.decode()
    assert not HandedCopy.objects.exists()
    response = client.post(address, {"recipient": RECIPIENT})
    assert response["Content-Type"] == "application/pdf"
    assert f"copie-communicable-{dossier.reference}.pdf" in response["Content-Disposition"]
