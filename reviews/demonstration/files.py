"""Small real PDF files to hand in, so that every download opens."""

from textwrap import wrap

LINES_PER_PAGE = 46
ESCAPES = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)", "\u202f": "\u00a0", "₂": "2"})


def pdf(title: str, paragraphs: list[str]) -> bytes:
    """A plain text document, Helvetica on A4; the same text gives the same bytes."""
    lines = [title, "", *(line for text in paragraphs for line in [*wrap(text, 88), ""])]
    pages = [lines[i : i + LINES_PER_PAGE] for i in range(0, len(lines), LINES_PER_PAGE)]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (fr-FR) >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, page in enumerate(pages):
        objects += [page_object(5 + 2 * n), stream_object(drawn(page))]
    return assembled(objects)


def page_object(content: int) -> bytes:
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R "
        "/Resources << /Font << /F1 3 0 R >> >> >>"
    ).encode()


def drawn(lines: list[str]) -> bytes:
    shown = b"".join(
        b"(" + line.translate(ESCAPES).encode("cp1252", "replace") + b") Tj T*\n" for line in lines
    )
    return b"BT /F1 11 Tf 16 TL 56 786 Td\n" + shown + b"ET"


def stream_object(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream"


def assembled(objects: list[bytes]) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n" % size
        + table
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    )
