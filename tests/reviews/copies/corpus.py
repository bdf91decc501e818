"""Small files that say whose they are in every place a file can."""

import struct
import zlib
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

SECRET = "qznom00042w"


def name(text):
    return NameObject(f"/{text}")


def stream(content, **entries):
    made = DecodedStreamObject()
    made.set_data(content)
    for key, value in entries.items():
        made[name(key)] = value
    return made


def pdf(*lines, drawing=b"", annotations=(), picture=b"", in_catalog=(), plain=False):
    """A page that says these lines; unless `plain`, everything around them holds the secret."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=300, height=300)
    font = DictionaryObject({name("Type"): name("Font"), name("Subtype"): name("Type1"),
                             name("BaseFont"): name("Helvetica"),
                             name("Encoding"): name("WinAnsiEncoding")})  # fmt: skip
    objects = DictionaryObject()
    if picture:
        objects[name("Im1")] = writer._add_object(image(picture))
    page[name("Resources")] = DictionaryObject(
        {name("Font"): DictionaryObject({name("F1"): font}), name("XObject"): objects}
    )
    told = b"".join(b"(" + line.encode("cp1252") + b") Tj 0 -20 Td " for line in lines)
    page[name("Contents")] = writer._add_object(
        stream(b"BT /F1 12 Tf 20 200 Td " + told + b"ET " + drawing)
    )
    marks = ArrayObject(writer._add_object(annotation(kind)) for kind in annotations)
    if marks:
        page[name("Annots")] = marks
    for key in in_catalog:
        writer.root_object[name(key)] = DictionaryObject()
    if not plain:
        sign(writer, page)
    return written(writer)


def sign(writer, page):
    writer.add_metadata({"/Author": SECRET, "/Title": SECRET, "/Producer": SECRET})
    writer.add_attachment(f"{SECRET}.txt", SECRET.encode())
    writer.generate_file_identifiers()
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><by>{SECRET}</by></x:xmpmeta>".encode()
    font = page["/Resources"]["/Font"]["/F1"]
    for place in (writer.root_object, page, font):
        kinds = {"Type": name("Metadata"), "Subtype": name("XML")}
        place[name("Metadata")] = writer._add_object(stream(xmp, **kinds))
    page[name("PieceInfo")] = DictionaryObject({name("App"): TextStringObject(SECRET)})
    page[name("Thumb")] = writer._add_object(stream(SECRET.encode()))
    page[name("LastModified")] = TextStringObject(SECRET)
    page[name("Owner")] = TextStringObject(SECRET)
    font[name("PieceInfo")] = DictionaryObject({name("By"): TextStringObject(SECRET)})
    writer.add_outline_item(title=SECRET, page_number=0)


def annotation(kind):
    corners = ArrayObject(FloatObject(n) for n in (10, 10, 50, 50))
    return DictionaryObject({
        name("Type"): name("Annot"), name("Subtype"): name(kind), name("Rect"): corners,
        name("T"): TextStringObject(SECRET), name("Contents"): TextStringObject(SECRET),
        name("V"): TextStringObject("rempli"),
    })  # fmt: skip


def image(content):
    return stream(
        content, Type=name("XObject"), Subtype=name("Image"), Filter=name("DCTDecode"),
        Width=NumberObject(1), Height=NumberObject(1), BitsPerComponent=NumberObject(8),
        ColorSpace=name("DeviceGray"),
    )  # fmt: skip


def written(writer):
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


def segment(marker, body):
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(turned=6):
    """Which side is up, where it was taken, and by whom."""
    secret = SECRET.encode() + b"\0"
    entries = [
        struct.pack("<HHLHH", 0x0112, 3, 1, turned, 0),
        struct.pack("<HHLL", 0x013B, 2, len(secret), 50),
        struct.pack("<HHLL", 0x8825, 4, 1, 50 + len(secret)),
    ]
    return b"Exif\0\0II*\0" + struct.pack("<LH", 8, 3) + b"".join(entries) + b"\0" * 4 + secret


def jpeg(turned=6):
    """One grey dot with everything a camera and its owner write around it."""
    secret = SECRET.encode()
    table = segment(0xDB, b"\0" + b"\1" * 64)
    frame = segment(0xC0, b"\x08\0\1\0\1\1\1\x11\0")
    codes = segment(0xC4, b"\0" + b"\1" + b"\0" * 15 + b"\0")
    codes += segment(0xC4, b"\x10" + b"\1" + b"\0" * 15 + b"\0")
    scan = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x2b\xff\x00\xff\xd0\x2b"
    return b"".join([
        b"\xff\xd8",
        segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\3\1" + secret),
        segment(0xE0, b"JFXX\0\x10" + secret),
        segment(0xE1, exif(turned)),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + secret),
        segment(0xE2, b"ICC_PROFILE\0\1\1" + secret),
        segment(0xED, b"Photoshop 3.0\0" + secret),
        segment(0xEE, b"Adobe\0\x64\0\0\0\0\0" + secret),
        segment(0xFE, secret),
        table, frame, codes, b"\xff", scan, b"\xff\xd9", secret,
    ])  # fmt: skip


def chunk(kind, body):
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))


def png():
    secret = SECRET.encode()
    return b"".join([
        b"\x89PNG\r\n\x1a\n",
        chunk(b"IHDR", struct.pack(">LLBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        chunk(b"iCCP", secret + b"\0\0" + zlib.compress(secret)),
        chunk(b"tEXt", b"Author\0" + secret),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + secret),
        chunk(b"zTXt", secret + b"\0\0" + zlib.compress(secret)),
        chunk(b"eXIf", exif()[6:]),
        chunk(b"tIME", b"\x07\xea\1\1\1\1\1"),
        chunk(b"prVt", secret),
        chunk(b"IDAT", zlib.compress(b"\0\x80")),
        chunk(b"IEND", b""),
        secret,
    ])  # fmt: skip
