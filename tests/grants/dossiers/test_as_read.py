"""Answers put together from strings say what the templates of a file say, and escape as they do."""

import re
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from grants.dossiers.as_read import answer_as_read, answers_as_read


def squeezed(html):
    return re.sub(r"\s*\n\s*|(?<=>) (?=<)", "", html)


def make_file(**facts):
    usual = {
        "pk": 7, "name": "Kbis <à jour> & signé.pdf", "size": 1_480_000, "version": 1,
        "can_be_shown": False, "is_infected": False, "awaits_scan": False,
    }  # fmt: skip
    return SimpleNamespace(**usual | facts)


def make_reply(*files, kind="file", **facts):
    question = SimpleNamespace(kind=kind, label="Pièce <b>", key="piece")
    return SimpleNamespace(question=question, files=files, is_hidden=False, **facts)


@pytest.mark.parametrize(
    "files",
    [
        (),
        (make_file(),),
        (make_file(version=3, can_be_shown=True), make_file(pk=8, is_infected=True)),
        (make_file(can_be_shown=True, awaits_scan=True),),
    ],
    ids=["none", "plain", "two", "awaiting"],
)
def test_files_read_as_their_template_says(files):
    reply = make_reply(*files)
    template = render_to_string(
        "grants/dossiers/_answer.html", {"reply": reply, "dossier": SimpleNamespace(pk=3)}
    )

    assert squeezed(answer_as_read(reply, 3)) == squeezed(template)


def test_an_answer_that_is_no_html_is_escaped():
    assert answer_as_read(make_reply(kind="text", html="<script>"), 3) == "&lt;script&gt;"


def test_hidden_questions_are_left_out_and_labels_escaped():
    shown, hidden = make_reply(), make_reply()
    hidden.is_hidden = True
    section = SimpleNamespace(key="projet", title="Le projet & la suite")
    filled = SimpleNamespace(sections=[SimpleNamespace(section=section, replies=[shown, hidden])])

    page = answers_as_read(filled, 3)

    assert page.count("<dt>") == 1
    assert "<dt>Pièce &lt;b&gt;</dt>" in page
    assert '<section id="section-projet"><h2>Le projet &amp; la suite</h2>' in page
