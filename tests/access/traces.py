"""Everything a response or a letter carries: headers, text, and what hides inside its files."""

import html
import io
import re
import zipfile

from pypdf import PdfReader
from pypdf.errors import PyPdfError

TEXTS = ("text/", "application/json", "application/xml", "application/ld+json")


def traces_of(response):
    """(place, text) pairs: where in the response, and what can be read there."""
    for name, value in response.headers.items():
        yield f"header {name}", value
    for cookie in response.cookies.values():
        yield "cookie", cookie.OutputString()
    content = b"".join(response.streaming_content) if response.streaming else response.content
    for close in response._resource_closers:
        close()
    yield from traces_in(content, response.headers.get("Content-Type", ""))


def traces_in(content, kind):
    if content[:5] == b"%PDF-":
        yield from traces_in_pdf(content)
    elif content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                yield "name in archive", member.filename
                inner = archive.read(member)
                yield from traces_in(inner, "text/xml" if member.filename.endswith("xml") else "")
    elif kind.startswith(TEXTS):
        text = content.decode("utf-8", "replace")
        yield "text", text
        yield "text", html.unescape(text)
    # Whatever it is, its bytes: an EXIF comment, a trailer, a file no reader opens.
    yield "bytes", content.decode("latin-1")


def traces_in_pdf(content):
    try:
        reader = PdfReader(io.BytesIO(content))
        yield "PDF text", "\n".join(page.extract_text() for page in reader.pages)
        for name, value in (reader.metadata or {}).items():
            yield f"PDF metadata {name}", str(value)
        for name in reader.attachments:
            yield "PDF attachment", name
        xmp = reader.xmp_metadata
        if xmp is not None:
            yield "PDF XMP", xmp.stream.get_data().decode("utf-8", "replace")
    except (PyPdfError, KeyError, ValueError):
        return


def found(traces, secrets):
    """The secrets that can be read, with the first place of each."""
    told = [(place, text.casefold()) for place, text in traces]
    places = ((secret.what, where(secret.token, told)) for secret in secrets)
    return [(what, place) for what, place in places if place is not None]


def where(token, told):
    """As a whole word: « personne 1 » is not in « personne 12 »."""
    word = re.compile(rf"(?<!\w){re.escape(token)}(?!\w)")
    return next((place for place, text in told if token in text and word.search(text)), None)
