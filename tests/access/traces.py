"""Everything a response or a letter carries: headers, text, and what hides inside its files."""

import html
import io
import re
import zipfile
from functools import lru_cache

from pypdf import PdfReader
from pypdf.errors import PyPdfError

TEXTS = ("text/", "application/json", "application/xml", "application/ld+json")
# What is planted has one shape (`secrets.token`): all of it is found in one walk through a text.
# The word boundary stands behind the first letters, so that the walk may jump to them.
PLANTED = re.compile(r"qz(?<!\wqz)[a-z]{3}[\da-j]{5}w(?!\w)")


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
        if "&" in text:
            yield "text", html.unescape(text)
        return
    # Whatever it is, its bytes: an EXIF comment, a trailer, a file no reader opens.
    yield "bytes", content.decode("latin-1")


@lru_cache(maxsize=64)
def traces_in_pdf(content):
    """The same file handed to ten people is read once."""
    try:
        return list(parts_of_pdf(PdfReader(io.BytesIO(content))))
    except (PyPdfError, KeyError, ValueError):
        return []


def parts_of_pdf(reader):
    yield "PDF text", "\n".join(page.extract_text() for page in reader.pages)
    for name, value in (reader.metadata or {}).items():
        yield f"PDF metadata {name}", str(value)
    for name in reader.attachments:
        yield "PDF attachment", name
    xmp = reader.xmp_metadata
    if xmp is not None:
        yield "PDF XMP", xmp.stream.get_data().decode("utf-8", "replace")


class Search:
    """Looks for all of these words at once."""

    def __init__(self, tokens):
        tokens = set(tokens)
        self.planted = {token for token in tokens if PLANTED.fullmatch(token)}
        # As a whole word: « personne 1 » is not in « personne 12 », nor 2,71 in 12,71.
        self.others = {
            token: re.compile(rf"(?<![\w,.]){re.escape(token)}(?![\w])")
            for token in tokens - self.planted
        }

    def places(self, traces):
        """Each word that can be read, with the first place of it."""
        places = {}
        for place, text in traces:
            folded = text.casefold()
            for token in PLANTED.findall(folded):
                if token in self.planted:
                    places.setdefault(token, place)
            for token, word in self.others.items():
                if token not in places and token in folded and word.search(folded):
                    places[token] = place
        return places


def found(traces, secrets):
    """The secrets that can be read, with the first place of each."""
    places = Search(secret.token for secret in secrets).places(traces)
    return [(secret.what, places[secret.token]) for secret in secrets if secret.token in places]
