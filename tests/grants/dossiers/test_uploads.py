import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from grants.dossiers.uploads import KINDS, plain_name, recognise
from tests.grants.dossiers.complete import PDF
from tests.grants.dossiers.test_documents import DOCX, JPG, PNG, packed

CONTENTS = {"pdf": PDF, "docx": DOCX, "png": PNG}


def refusal(name, content, declared=""):
    with pytest.raises(ValueError, match=r"\w") as error:
        recognise(SimpleUploadedFile(name, content, declared))
    return str(error.value)


@pytest.mark.parametrize("declared", [*CONTENTS])
@pytest.mark.parametrize("content", [*CONTENTS])
@pytest.mark.parametrize("ending", [*CONTENTS])
def test_name_content_and_declaration_have_to_agree(ending, content, declared):
    upload = SimpleUploadedFile(f"a.{ending}", CONTENTS[content], KINDS[declared].mime)

    if ending == content == declared:
        assert recognise(upload).ending == ending
    else:
        with pytest.raises(ValueError, match=r"correspond pas|se présente comme"):
            recognise(upload)


@pytest.mark.parametrize("declared", ["", "application/octet-stream", "application/pdf; x=1"])
def test_a_browser_that_knows_no_better_is_believed_on_content(declared):
    assert recognise(SimpleUploadedFile("a.pdf", PDF, declared)).ending == "pdf"


@pytest.mark.parametrize(
    "declared", ["text/html", "image/svg+xml", "text/plain", "application/pdfx"]
)
def test_a_lying_declaration_is_refused(declared):
    assert "se présente comme" in refusal("a.pdf", PDF, declared)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a.zip", "archives"), ("a.tar", "archives"), ("a.RAR", "archives"),
        ("a.docm", "macros"), ("a.xlsm", "macros"),
        ("a.html", "pages web"), ("a.svg", "SVG"), ("a.xml", "pages web"),
        ("a.doc", "ancien"), ("a.xls", "ancien"),
        ("a.exe", "n’est pas accepté"), ("a", "n’est pas accepté"),
    ],
)  # fmt: skip
def test_each_family_has_its_sentence(name, sentence):
    assert sentence in refusal(name, packed("tout.txt"))


def stream(inside, head=b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode"):
    return b"2 0 obj<<" + head + b">>stream\n" + zlib.compress(inside) + b"\nendstream endobj\n"


@pytest.mark.parametrize(
    ("inside", "sentence"),
    [
        (b"<</S/JavaScript/JS(app.alert(1))>>", "programme"),
        (b"<</OpenAction<</S/J#61vaScript/#4aS 5 0 R>>>>", "programme"),
        (b"<</AA<</O<</JS(x)>>>>>>", "programme"),
        (b"<</S/Launch/F(cmd.exe)>>", "programme"),
        (b"<</AcroForm<</XFA 7 0 R>>>>", "programme"),
        (b"<</Names<</EmbeddedFiles 8 0 R>>>>", "autre fichier"),
        (b"<</Subtype/FileAttachment/FS 9 0 R>>", "autre fichier"),
        (b"trailer<</Encrypt 5 0 R>>", "protégé"),
        (b"trailer<</Encrypt<</Filter/Standard>>>>", "protégé"),
        (stream(b"1 0 <</S/JavaScript/JS(x)>>"), "programme"),
        (stream(b"1 0 <</Type/EmbeddedFile>>"), "autre fichier"),
        (stream(b"0" * (41 * 1024 * 1024)), "trop volumineux"),
    ],
)
def test_a_pdf_that_holds_more_than_pages_is_refused(inside, sentence):
    assert sentence in refusal("a.pdf", b"%PDF-1.7\n" + inside + b"%%EOF\n")


@pytest.mark.parametrize(
    "inside",
    [
        b"<</OpenAction[3 0 R/Fit]>>",
        b"<</S/URI/URI(https://exemple.fr)>>",
        b"<</JSON 1>>(Launch)",
        stream(b"1 0 <</Type/Page>>"),
        b"2 0 obj<</Type/ObjStm>>stream\nnot deflated\nendstream",
    ],
)
def test_an_ordinary_pdf_is_taken(inside):
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n" + inside, "")

    assert recognise(upload).ending == "pdf"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.png", PNG + b"<script>alert(1)</script>", "ne correspond pas"),
        ("a.jpg", JPG + b"<?php system($_GET[0]);", "ne correspond pas"),
        ("a.jpg", JPG + packed("tout.txt"), "ne correspond pas"),
        ("a.pdf", b"<html>" + PDF, "ne correspond pas"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "protégé"),
        ("a.docx", packed("word/document.xml", "word/vbaData.xml"), "macros"),
        ("a.odt", packed("Basic/x.xml", mimetype="application/vnd.oasis.opendocument.text"),
         "macros"),
    ],
)  # fmt: skip
def test_two_kinds_at_once_are_none(name, content, sentence):
    assert sentence in refusal(name, content)


def test_a_name_is_kept_on_one_plain_line():
    assert plain_name("a\r\n\u202eb\0.pdf") == "a b .pdf"
    assert plain_name("") == "sans nom"
