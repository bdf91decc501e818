from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from reviews.copies.papers import bare_paper
from tests.access.traces import traces_in
from tests.reviews.copies import corpus

MARGIN = ("Text", "Highlight", "FileAttachment")


def readable_in(content):
    """Everything in a PDF: what a reader tells, and each object, unpacked."""
    reader = PdfReader(BytesIO(content))
    objects = [reader.get_object(n) for n in range(1, reader.trailer["/Size"])]
    unpacked = [one.get_data() for one in objects if hasattr(one, "get_data")]
    told = [text for _place, text in traces_in(content, "application/pdf")]
    return "\n".join([*told, *map(str, objects), *(one.decode("latin-1") for one in unpacked)])


def test_the_corpus_holds_the_secret_everywhere():
    assert readable_in(corpus.pdf("Marché", annotations=MARGIN)).count(corpus.SECRET) >= 15


def test_a_copy_keeps_its_words_and_nothing_around_them():
    paper = bare_paper(corpus.pdf("Étude de marché", "Deux clients", annotations=MARGIN))

    assert corpus.SECRET not in readable_in(paper.content)
    assert paper.pages[0].split("\n") == ["Étude de marché", "Deux clients", ""]
    reader = PdfReader(BytesIO(paper.content))
    assert (reader.metadata, reader.xmp_metadata, reader.outline) == (None, None, [])
    assert {*reader.trailer} == {"/Size", "/Root"}
    assert "/Annots" not in reader.pages[0]
    assert not paper.is_written_over
    assert (paper.pictures, paper.mute_pages) == (0, 0)


def test_a_photograph_in_a_page_loses_its_own_notes():
    paper = bare_paper(corpus.pdf("Four", picture=corpus.jpeg()))

    assert corpus.SECRET not in readable_in(paper.content)
    assert "Exif" not in readable_in(paper.content)
    assert paper.pictures == 1


@pytest.mark.parametrize("mark", ["FreeText", "Stamp", "Widget"])
def test_what_is_written_over_a_page_is_said_to_be_lost(mark):
    assert bare_paper(corpus.pdf("Bilan", annotations=[mark])).is_written_over


def test_layers_are_said_too():
    assert bare_paper(corpus.pdf("Plan", in_catalog=["OCProperties"])).is_written_over


def test_a_page_with_a_picture_and_no_word_is_mute():
    paper = bare_paper(corpus.pdf(picture=corpus.jpeg()))

    assert paper.mute_pages == 1


@pytest.mark.parametrize(
    "drawing",
    [b"/Span <</ActualText (Heliotuile)>> BDC EMC", b"/Span <</Alt <48656C696F7475696C65>>> BDC"],
)
def test_words_a_page_would_say_aloud_are_read(drawing):
    assert bare_paper(corpus.pdf("Tuile", drawing=drawing)).hidden == ["Heliotuile"]


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"%PDF-1.7\n" + b"1 0 obj <<" * 50, b""])
def test_what_cannot_be_read_gives_no_copy(content):
    with pytest.raises((PyPdfError, ValueError)):
        bare_paper(content)
