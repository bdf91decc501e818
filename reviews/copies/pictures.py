"""A JPEG or a PNG without what it says of its author: what draws it stays, byte for byte."""

import struct

JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
START_OF_SCAN, END = 0xDA, 0xD9
# Tables, frames, scans: what a picture is decoded from.
DRAWING = frozenset({*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDC, 0xDD})
JFIF, ADOBE, EXIF = 0xE0, 0xEE, 0xE1
TURNED = 0x0112  # the tag that says which side is up
KEPT_CHUNKS = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD",
    b"pHYs",
})  # fmt: skip


def bare_picture(content: bytes, *, upright: bool = True) -> bytes:
    """The same picture, or a ValueError when it cannot be read to its end.

    `upright` keeps which side is up, the one thing of an EXIF block that the eye needs.
    """
    if content.startswith(JPEG):
        return bare_jpeg(content, upright=upright)
    if content.startswith(PNG):
        return bare_png(content)
    raise ValueError("neither a JPEG nor a PNG")


def bare_jpeg(content: bytes, *, upright: bool) -> bytes:
    kept, place = [JPEG], 2
    while True:
        marker, place = marker_at(content, place)
        if marker == END:
            return b"".join([*kept, bytes([0xFF, END])])
        body, place = segment_at(content, place)
        kept.append(kept_segment(marker, body, upright))
        if marker == START_OF_SCAN:
            end = end_of_scan(content, place)
            kept.append(content[place:end])
            place = end


def marker_at(content: bytes, place: int) -> tuple[int, int]:
    """A marker may have filling before it."""
    if content[place : place + 1] != b"\xff":
        raise ValueError("a segment does not begin with a marker")
    while content[place : place + 1] == b"\xff":
        place += 1
    if place >= len(content):
        raise ValueError("the picture is cut")
    return content[place], place + 1


def segment_at(content: bytes, place: int) -> tuple[bytes, int]:
    if len(content) < place + 2:
        raise ValueError("the picture is cut")
    (length,) = struct.unpack_from(">H", content, place)
    end = place + length
    if length < 2 or end > len(content):
        raise ValueError("a segment is longer than the picture")
    return content[place + 2 : end], end


def end_of_scan(content: bytes, place: int) -> int:
    """Where the next marker stands: neither a stuffed zero nor a restart."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0 or place + 1 >= len(content):
            raise ValueError("the picture is cut")
        follows = content[place + 1]
        if follows not in (0x00, 0xFF) and not 0xD0 <= follows <= 0xD7:
            return place
        place += 1 if follows == 0xFF else 2


def kept_segment(marker: int, body: bytes, upright: bool) -> bytes:
    if marker in DRAWING:
        return segment(marker, body)
    if marker == JFIF and body.startswith(b"JFIF\0") and len(body) >= 14:
        return segment(marker, body[:12] + b"\0\0")  # its thumbnail may show what was cut out
    if marker == ADOBE and body.startswith(b"Adobe") and len(body) >= 12:
        return segment(marker, body[:12])  # how its colours are written
    if marker == EXIF and upright and (turned := turned_in(body)) not in (0, 1):
        entry = struct.pack(">HHLHHL", TURNED, 3, 1, turned, 0, 0)
        return segment(EXIF, b"Exif\0\0MM\0*" + struct.pack(">LH", 8, 1) + entry)
    return b""


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def turned_in(body: bytes) -> int:
    """1 to 8 as EXIF counts sides, 0 when it does not say."""
    if not body.startswith(b"Exif\0\0"):
        return 0
    block = body[6:]
    order = {b"MM": ">", b"II": "<"}.get(block[:2])
    if order is None:
        return 0
    try:
        (first,) = struct.unpack_from(f"{order}L", block, 4)
        (count,) = struct.unpack_from(f"{order}H", block, first)
        for n in range(count):
            tag, kind = struct.unpack_from(f"{order}HH", block, first + 2 + 12 * n)
            if (tag, kind) == (TURNED, 3):
                (value,) = struct.unpack_from(f"{order}H", block, first + 10 + 12 * n)
                return value if 1 <= value <= 8 else 0
    except struct.error:
        return 0
    return 0


def bare_png(content: bytes) -> bytes:
    kept, place = [PNG], len(PNG)
    while True:
        if len(content) < place + 12:
            raise ValueError("the picture is cut")
        (length,) = struct.unpack_from(">L", content, place)
        kind, end = content[place + 4 : place + 8], place + 12 + length
        if end > len(content):
            raise ValueError("a chunk is longer than the picture")
        if kind in KEPT_CHUNKS:
            kept.append(content[place:end])
        if kind == b"IEND":
            return b"".join(kept)
        place = end
