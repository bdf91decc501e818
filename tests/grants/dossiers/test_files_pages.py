import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from grants.dossiers import operations
from grants.dossiers.arrivals import RefusedUpload
from grants.dossiers.forms_of import definition_of
from grants.dossiers.models import Document
from tests.factories import make_user
from tests.grants.dossiers.complete import PDF, make_draft, upload
from tests.grants.dossiers.test_documents import DOCX, EXE, PNG

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(client):
    draft = make_draft()
    client.force_login(draft.author)
    return draft


def send(client, dossier, *uploads, accept="text/html", **fields):
    place = reverse("dossiers:attach", args=[dossier.pk])
    typed = {"key": "kbis", "file": list(uploads), **fields}
    return client.post(place, typed, headers={"accept": accept})


def pdf(name="kbis.pdf", content=PDF):
    return SimpleUploadedFile(name, content, "application/pdf")


def all_files(client, dossier):
    return client.get(reverse("dossiers:files", args=[dossier.pk])).text


def test_a_script_is_told_of_each_file_on_its_own(client, dossier):
    told = send(
        client, dossier, pdf(), SimpleUploadedFile("b.exe", EXE), accept="application/json"
    ).json()["files"]

    assert [one["taken"] for one in told] == [True, False]
    assert told[1]["sentence"].startswith("b.exe — Ce type de fichier")
    assert dossier.documents.count() == 1


def test_a_script_that_sends_nothing_is_told_so(client, dossier):
    assert send(client, dossier, accept="application/json").status_code == 400


def test_a_file_is_replaced_and_its_versions_stay_readable(client, dossier):
    first = operations.attach(dossier, "kbis", upload("avant.pdf"), actor=dossier.author)

    send(client, dossier, pdf("après.pdf"), replaces=first.pk)

    second = dossier.documents.current().get()
    assert (second.name, second.version, second.replaces) == ("après.pdf", 2, first)
    page = all_files(client, dossier)
    assert page.index("après.pdf") < page.index("avant.pdf")
    assert "Remplacée" in page
    assert fetched(client, "document", first).status_code == 200


@pytest.mark.parametrize("replaces", ["999999", "7"])
def test_only_a_present_file_of_that_question_is_replaced(client, dossier, replaces):
    operations.attach(dossier, "kbis", upload(), actor=dossier.author)

    send(client, dossier, pdf(), replaces=replaces)

    assert [d.version for d in dossier.documents.all()] == [1]


def test_two_replacements_of_one_file_at_once_leave_one(client, dossier):
    first = operations.attach(dossier, "kbis", upload(), actor=dossier.author)

    send(client, dossier, pdf(), replaces=first.pk)
    send(client, dossier, pdf(), replaces=first.pk)

    assert dossier.documents.current().count() == 1
    assert "n’est plus là" in RefusedUpload.objects.get().reason


def test_what_was_refused_is_shown_to_the_company_with_its_reason(client, dossier):
    send(client, dossier, pdf("vide.pdf", b""), SimpleUploadedFile("<b>x</b>.exe", EXE))
    send(client, dossier, pdf("gros.pdf", PDF + b"0" * 25 * 1024 * 1024))

    page = all_files(client, dossier)
    assert "Ce fichier est vide" in page
    assert "26 Mo" in page
    assert "<b>x</b>" not in page
    assert RefusedUpload.objects.first().size == len(PDF) + 25 * 1024 * 1024


def test_a_refusal_is_never_rewritten(client, dossier):
    send(client, dossier, SimpleUploadedFile("x.exe", EXE))

    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        RefusedUpload.objects.update(reason="rien")


def shown(client, dossier, name, content):
    document = operations.attach(dossier, "kbis", upload(name, content), actor=dossier.author)
    return fetched(client, "preview", document)


def fetched(client, view, document):
    response = client.get(reverse(f"dossiers:{view}", args=[document.dossier_id, document.pk]))
    if response.streaming:
        b"".join(response.streaming_content)
    return response


@pytest.mark.parametrize(("name", "content"), [("a.pdf", PDF), ("a.png", PNG)])
def test_a_preview_opens_in_place_and_runs_nothing(client, dossier, name, content):
    response = shown(client, dossier, name, content)

    assert response["Content-Disposition"].startswith("inline")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_picture_is_shown_in_a_sandbox(client, dossier):
    assert shown(client, dossier, "a.png", PNG)["Content-Security-Policy"].startswith("sandbox;")


def test_a_word_document_has_no_preview(client, dossier):
    assert shown(client, dossier, "a.docx", DOCX).status_code == 404


def test_a_download_is_kept_and_never_run(client, dossier):
    document = operations.attach(dossier, "kbis", upload(), actor=dossier.author)

    response = fetched(client, "document", document)

    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_limits_are_announced_at_the_field(client, dossier):
    section = next(
        s.key for s in sections_of(dossier) if any(q.kind == "file" for q in s.questions)
    )

    page = client.get(reverse("dossiers:section", args=[dossier.pk, section])).text

    assert "25 Mo au plus par fichier" in page
    assert "sans mot de passe ni macro" in page


def sections_of(dossier):
    return definition_of(dossier).sections


def test_a_stranger_finds_no_page(client, dossier):
    client.force_login(make_user())

    assert client.get(reverse("dossiers:files", args=[dossier.pk])).status_code == 404


def test_the_page_of_all_files_costs_the_same_for_one_and_three(client, dossier, count_queries):
    place = reverse("dossiers:files", args=[dossier.pk])
    operations.attach(dossier, "kbis", upload(), actor=dossier.author)
    one = count_queries(lambda: client.get(place))
    operations.attach(dossier, "bank", upload(), actor=dossier.author)
    send(client, dossier, pdf(), replaces=Document.objects.first().pk)
    send(client, dossier, SimpleUploadedFile("x.exe", EXE))

    assert count_queries(lambda: client.get(place)) == one


def test_a_dossier_is_no_store(client, dossier):
    first = operations.attach(dossier, "kbis", upload(), actor=dossier.author)
    Document.objects.bulk_create(
        Document(
            dossier=dossier, key="kbis", name="a.pdf", kind="application/pdf", size=1,
            sha256="0" * 64, file="a.pdf", uploaded_by=dossier.author, removed_at=timezone.now(),
        )
        for _n in range(399)
    )  # fmt: skip

    send(client, dossier, pdf(), replaces=first.pk)

    assert "trop de versions" in RefusedUpload.objects.get().reason
    assert dossier.documents.current().get() == first
