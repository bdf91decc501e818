import hashlib
import logging
import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from accounts.access import Refused
from grants.dossiers.operations import attach, remove_document, submit
from grants.dossiers.uploads import clean_name, recognise
from tests.factories import make_user
from tests.grants.dossiers.complete import PDF, make_draft, make_ready, upload

LIMIT = 25 * 1024 * 1024
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
JPG = b"\xff\xd8\xff\xe0" + b"\0" * 64
EXE = b"MZ" + b"\0" * 200


def sent(name, content, declared=""):
    return SimpleUploadedFile(name, content, declared)


def packed(*names, **contents):
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
        for name, content in contents.items():
            archive.writestr(name, content)
    return memory.getvalue()


DOCX = packed("[Content_Types].xml", "word/document.xml")
XLSX = packed("[Content_Types].xml", "xl/workbook.xml")
ODT = packed("content.xml", mimetype="application/vnd.oasis.opendocument.text")
ODS = packed("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet")


@pytest.mark.parametrize(
    ("name", "content", "ending"),
    [
        ("a.pdf", PDF, "pdf"), ("A.PDF", PDF, "pdf"), ("a.png", PNG, "png"), ("a.jpg", JPG, "jpg"),
        ("a.jpeg", JPG, "jpg"), ("a.docx", DOCX, "docx"), ("a.xlsx", XLSX, "xlsx"),
        ("a.odt", ODT, "odt"), ("a.ods", ODS, "ods"),
    ],
)  # fmt: skip
def test_accepted_file_is_known_by_its_content(name, content, ending):
    assert recognise(sent(name, content)).ending == ending


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"", "vide"),
        ("a.pdf", PDF + b"0" * (LIMIT + 1), "26 Mo"),
        ("a.exe", EXE, "type de fichier"),
        ("a", PDF, "type de fichier"),
        ("a.svg", b"<svg onload=alert(1)>", "images SVG"),
        ("facture.pdf", EXE, "ne correspond pas"),
        ("a.pdf", b"<html><script>alert(1)</script>", "ne correspond pas"),
        ("a.pdf.exe", PDF, "type de fichier"),
        ("a.png", PDF, "ne correspond pas"),
        ("a.docx", XLSX, "ne correspond pas"),
        ("a.docx", packed("tout.txt"), "ne correspond pas"),
        ("a.pdf", PDF + packed("tout.txt"), "ne correspond pas"),
        ("a.docx", DOCX[:-30], "ne correspond pas"),
        ("a.docx", packed("word/document.xml", "word/vbaProject.bin"), "macros"),
        ("a.pdf", PDF + b"/OpenAction<</S/JavaScript/JS(x)>>", "programme"),
        ("a.pdf", PDF + b"trailer<</Encrypt 5 0 R>>", "protégé"),
    ],
)
def test_refused_file_is_explained(name, content, sentence):
    with pytest.raises(ValueError, match=sentence):
        recognise(sent(name, content))


def test_document_that_unpacks_to_a_flood_is_refused():
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (301 * 1024 * 1024))

    with pytest.raises(ValueError, match="trop volumineux"):
        recognise(sent("a.docx", memory.getvalue()))


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\dossier\\Kbis 2026.pdf", "Kbis 2026.pdf"),
        ("a\r\nX-Evil: 1.pdf", "a X-Evil 1.pdf"),
        ("gpj.\u202efdp.pdf", "gpj. fdp.pdf"),
        ('x"; filename=y.pdf', "x filename=y.pdf"),
        ("<img onerror=x>.pdf", "img onerror=x.pdf"),
        (".htaccess.pdf", "htaccess.pdf"),
        (".pdf", "document.pdf"),
        ("e\u0301tude.pdf", "étude.pdf"),
        ("é" * 300 + ".pdf", "é" * 120 + ".pdf"),
    ],
)
def test_name_is_made_harmless(name, clean):
    assert clean_name(name, "pdf") == clean


@pytest.mark.django_db
def test_attached_file_is_stored_whole_under_a_name_of_ours():
    dossier = make_draft()

    document = attach(dossier, "kbis", upload("../Kbis.pdf"), actor=dossier.author)

    with default_storage.open(document.file.name) as stored:
        content = stored.read()
    assert (document.name, document.size, document.kind) == (
        "Kbis.pdf",
        len(PDF),
        "application/pdf",
    )
    assert hashlib.sha256(content).hexdigest() == document.sha256 == hashlib.sha256(PDF).hexdigest()
    assert document.file.name.startswith(f"dossiers/{dossier.pk}/")
    assert "Kbis" not in document.file.name


@pytest.mark.django_db
def test_refused_file_leaves_a_line_in_the_log_and_nothing_else(caplog):
    dossier = make_draft()

    with caplog.at_level(logging.WARNING), pytest.raises(Refused):
        attach(dossier, "kbis", upload("kbis.pdf", EXE), actor=dossier.author)

    assert dossier.documents.count() == 0
    assert f"file refused: dossier {dossier.pk}, question kbis" in caplog.text


@pytest.mark.django_db
def test_file_that_has_no_place_leaves_no_bytes_behind():
    dossier = make_draft()
    attach(dossier, "kbis", upload(), actor=dossier.author)

    with pytest.raises(Refused, match="1 fichier au plus"):
        attach(dossier, "kbis", upload("autre.pdf"), actor=dossier.author)
    with pytest.raises(Refused, match="n’est pas demandée"):
        attach(dossier, "title", upload(), actor=dossier.author)

    _folders, files = default_storage.listdir(f"dossiers/{dossier.pk}")
    assert len(files) == dossier.documents.count() == 1


@pytest.mark.django_db
def test_removed_file_makes_room_for_another():
    dossier = make_draft()
    first = attach(dossier, "kbis", upload(), actor=dossier.author)

    remove_document(first, actor=dossier.author)
    second = attach(dossier, "kbis", upload("neuf.pdf"), actor=dossier.author)

    assert list(dossier.documents.current()) == [second]


@pytest.mark.django_db
def test_files_freeze_with_the_dossier():
    dossier = make_ready()
    submit(dossier, actor=dossier.author)
    document = dossier.documents.first()

    with pytest.raises(Refused, match="a été déposé"):
        remove_document(document, actor=dossier.author)
    with pytest.raises(Refused, match="a été déposé"):
        attach(dossier, "bank", upload(), actor=dossier.author)
    with pytest.raises(IntegrityError, match="document_frozen"), transaction.atomic():
        dossier.documents.update(name="autre.pdf")


@pytest.mark.django_db
def test_strangers_attach_nothing():
    dossier = make_draft()

    with pytest.raises(PermissionDenied):
        attach(dossier, "kbis", upload(), actor=make_user())
