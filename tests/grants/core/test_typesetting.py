"""A tiny sheet, hostile contents: a PDF with the text as it was typed, or a clear refusal."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from grants.core import typesetting
from grants.core.typesetting import CannotTypeset, breakable, typeset

SHEET = """
#let content = json(bytes(sys.inputs.content))
#set document(title: "Essai")
#set text(lang: "fr", font: ("Libertinus Serif", "DejaVu Sans Mono"))
= Essai
#content.text
"""


@pytest.fixture(autouse=True)
def _sheets(tmp_path, monkeypatch):
    folder = tmp_path / "print"
    folder.mkdir()
    (folder / "trial.typ").write_text(SHEET)
    (folder / "broken.typ").write_text("#nothing-of-that-name")
    (folder / "endless.typ").write_text("#while true { }")
    (folder / "reader.typ").write_text('#read("/etc/passwd")')
    (folder / "climber.typ").write_text('#read("../secret.txt")')
    (tmp_path / "secret.txt").write_text("secret")
    monkeypatch.setattr(typesetting, "SHEETS", folder)


def printed(text):
    pages = PdfReader(BytesIO(typeset("trial", {"text": text}))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_sheet_becomes_an_archivable_accessible_pdf():
    pdf = typeset("trial", {"text": "Bonjour"})

    assert pdf.startswith(b"%PDF")
    metadata = PdfReader(BytesIO(pdf)).metadata
    assert metadata.title == "Essai"
    assert PdfReader(BytesIO(pdf)).root_object["/Lang"] == "fr"
    assert b"pdfaid" in PdfReader(BytesIO(pdf)).root_object["/Metadata"].get_data()


@pytest.mark.parametrize(
    "typed",
    [
        '#read("/etc/passwd")',
        "#import",
        "= Titre *gras* _penché_ $x^2$ `code`",
        "// commentaire /* et */",
        '"); #panic("x")',
        "\\u{202e}",
        "<étiquette> @renvoi",
    ],
)
def test_code_in_a_text_is_printed_and_not_run(typed):
    assert "root:" not in printed(typed)
    assert typed in printed(typed)


def test_french_letters_and_signs_are_printed():
    typed = "L’œuvre d’Ÿ : « ça » coûte 148\u202f500 € – voilà…"

    assert "œuvre" in printed(typed)
    assert "500 €" in printed(typed)


def test_a_word_of_32768_letters_is_printed_whole():
    assert printed("é" * 32_768).count("é") == 32_768


def test_half_a_million_words_end_in_a_pdf_or_a_refusal():
    try:
        pdf = typeset("trial", {"text": "mot " * 500_000})
    except CannotTypeset:
        return
    assert pdf.startswith(b"%PDF")


@pytest.mark.parametrize(
    "typed",
    [
        "avant \x00 après",
        "avant \x1b\x07\x08 après",
        "avant \ud800 après",
        "avant \ufffe\uffff après",
    ],
    ids=["nul", "controls", "surrogate", "noncharacters"],
)
def test_what_is_no_text_does_not_stop_a_letter(typed):
    found = printed(typed)

    assert "avant" in found
    assert "après" in found


@pytest.mark.parametrize("typed", ["Merci 🎉 👩‍🔬 beaucoup", "日本語 העברית العربية beaucoup"])
def test_letters_no_font_draws_become_squares(typed):
    assert "beaucoup" in printed(typed)


@pytest.mark.parametrize("sheet", ["broken", "endless", "missing", "reader", "climber"])
def test_a_sheet_that_cannot_be_made_says_why(sheet):
    with pytest.raises(CannotTypeset) as refusal:
        typeset(sheet, {"text": ""})

    assert "root:" not in str(refusal.value)
    assert str(refusal.value)


def test_a_letter_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(typesetting, "SECONDS", 0.01)

    with pytest.raises(CannotTypeset, match="seconds"):
        typeset("trial", {"text": ""})


def test_the_child_sees_no_secret(monkeypatch, tmp_path):
    spy = tmp_path / "bin"
    spy.mkdir()
    (spy / "python").write_text("#!/bin/sh\nenv >&2\nexit 1\n")
    (spy / "python").chmod(0o700)
    monkeypatch.setattr(typesetting.sys, "executable", str(spy / "python"))

    with pytest.raises(CannotTypeset) as seen:
        typeset("trial", {"text": ""})

    names = {line.split("=")[0] for line in str(seen.value).splitlines() if "=" in line}
    assert names <= {"PATH", "HOME", "PWD", "_", "SHLVL", "OLDPWD"}


def test_long_words_are_cut_wherever_they_stand():
    content = {"a": ["x" * 450], "b": ("court", 7, None), "c": {"d": "y" * 201}}

    cut = breakable(content)

    assert [len(piece) for piece in cut["a"][0].split()] == [200, 200, 50]
    assert cut["b"] == ["court", 7, None]
    assert cut["c"]["d"] == "y" * 200 + " y"
