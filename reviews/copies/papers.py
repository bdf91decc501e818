"""A PDF without what it says of its authors: its pages and their words, nothing around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from reviews.copies.pictures import bare_picture

# A page is drawn from these. Marks in the margin, articles, thumbnails, structure stay behind.
OF_A_PAGE = frozenset({
    "/Type", "/Parent", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate",
    "/UserUnit", "/Group", "/Resources", "/Contents",
})  # fmt: skip
# Wherever they stand: nothing is drawn from them.
NEVER = frozenset({
    "/Metadata", "/PieceInfo", "/LastModified", "/AF", "/OPI", "/StructParent", "/StructParents",
    "/Thumb", "/Measure", "/PtData", "/Ref", "/OC", "/AA", "/URL", "/Alternates", "/ID",
})  # fmt: skip
# Written on a page by hand or in its fields: the copy, which leaves marks out, would lose it.
WRITTEN_OVER = frozenset({"/FreeText", "/Stamp", "/Ink", "/Widget", "/Redact"})
SPOKEN = re.compile(
    rb"/(?:ActualText|Alt|E|T)\s*(?:\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]*)>)", re.DOTALL
)
LEAST_WORD = 3
MUTE = 200  # bytes of drawing on a page without a word: more is a picture of something


@dataclass
class Paper:
    """The copy, and what can be read of it: page by page, and in the words nobody sees."""

    content: bytes = b""
    pages: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    pictures: int = 0
    mute_pages: int = 0
    is_written_over: bool = False


def bare_paper(content: bytes) -> Paper:
    """Raises a ValueError, or what pypdf raises, on what cannot be read to its end."""
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        raise ValueError("locked")
    paper = Paper(is_written_over=is_layered(reader))
    writer = PdfWriter()
    for page in reader.pages:
        paper.is_written_over |= is_written_over(page)
        writer.add_page(stripped(page))
    read_into(paper, writer)
    # Neither a title nor an author, not even the name of what wrote the file.
    writer.metadata = None
    written = BytesIO()
    writer.write(written)
    paper.content = written.getvalue()
    return paper


def is_layered(reader: PdfReader) -> bool:
    """Layers may be put out by default: a copy without their list would show them."""
    return "/OCProperties" in reader.root_object


def is_written_over(page: PageObject) -> bool:
    marks = [mark.get_object() for mark in page.get("/Annots", None) or []]
    return any(
        mark.get("/Subtype") in WRITTEN_OVER
        and (mark.get("/Subtype") != "/Widget" or mark.get("/V") not in (None, "", "/Off"))
        for mark in marks
        if isinstance(mark, DictionaryObject)
    )


def stripped(page: PageObject) -> PageObject:
    for key in set(page) - OF_A_PAGE:
        del page[key]
    for found in everything(page):
        for key in NEVER & set(found):
            del found[key]
        if isinstance(found, StreamObject):
            strip_stream(found)
    return page


def strip_stream(stream: StreamObject) -> None:
    """A photograph keeps its own EXIF block inside a page; an outer file is another file."""
    for key in {"/F", "/FFilter", "/FDecodeParms"} & set(stream):
        del stream[key]
    filters = stream.get("/Filter")
    if filters in ("/JPXDecode", ["/JPXDecode"]):
        raise ValueError("a picture of a kind whose notes cannot be taken out")
    if filters in ("/DCTDecode", ["/DCTDecode"]):
        # Setting it through `set_data` is for streams pypdf can pack again.
        stream._data = bare_picture(stream._data, upright=False)  # noqa: SLF001


def everything(page: DictionaryObject) -> Iterator[DictionaryObject]:
    """Each dictionary a page is drawn from, before its own values are walked into."""
    seen, left = set(), [page]
    while left:
        found = left.pop()
        if isinstance(found, IndirectObject):
            place = (found.idnum, found.generation)
            if place in seen:
                continue
            seen.add(place)
            found = found.get_object()
        if isinstance(found, DictionaryObject):
            yield found
            left.extend(value for key, value in found.items() if key != "/Parent")
        elif isinstance(found, ArrayObject):
            left.extend(found)


def read_into(paper: Paper, writer: PdfWriter) -> None:
    """What can be read is read from the copy: what was left out needs no check."""
    for page in writer.pages:
        text = page.extract_text()
        paper.pages.append(text)
        drawn = page.get_contents()
        drawing = drawn.get_data() if drawn is not None else b""
        pictures = 0
        for found in everything(page):
            paper.hidden += words_in(found)
            pictures += found.get("/Subtype") == "/Image"
        paper.hidden += spoken_in(drawing)
        paper.pictures += pictures
        paper.mute_pages += not text.strip() and (pictures > 0 or len(drawing) > MUTE)


def words_in(found: DictionaryObject) -> list[str]:
    """Names of layers, of colours, of fields: strings that stayed in a dictionary."""
    if found.get("/Type") in ("/Font", "/FontDescriptor"):
        return []
    told = [as_text(one) for one in found.values()]
    if isinstance(found, StreamObject) and found.get("/Subtype") == "/Form":
        told += spoken_in(found.get_data())
    return [one for one in told if len(one) >= LEAST_WORD]


def as_text(value: object) -> str:
    if isinstance(value, ByteStringObject):
        return value.decode("latin-1")
    is_word = isinstance(value, TextStringObject) and not isinstance(value, NameObject)
    return str(value) if is_word else ""


def spoken_in(drawing: bytes) -> list[str]:
    """What a page would say aloud in the place of what it shows."""
    return [decoded(found[1], found[2]) for found in SPOKEN.finditer(drawing)]


def decoded(plain: bytes | None, coded: bytes | None) -> str:
    raw = plain if plain is not None else bytes.fromhex((coded or b"").decode().ljust(2, "0"))
    return raw.decode("utf-16" if raw.startswith((b"\xfe\xff", b"\xff\xfe")) else "latin-1",
                      errors="replace")  # fmt: skip
