"""What a PDF must not hold: a lock, a program, another file; packed parts are looked into."""

import re
import zlib

from django.utils.translation import gettext as _

MOST_UNPACKED = 40 * 1024 * 1024
LOCKED = re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R|/Encrypt\s*<<")
ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Launch|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z0-9])"
)
CARRIER = re.compile(rb"/(?:EmbeddedFiles?|FileAttachment)(?![A-Za-z0-9])")
# Names may be written with codes: /J#61vaScript is /JavaScript.
CODED = re.compile(rb"#([0-9A-Fa-f]{2})")
PACKED = re.compile(rb"/ObjStm.{0,400}?stream\r?\n", re.DOTALL)


def check_pdf(content: bytes) -> None:
    """Raise a ValueError whose text tells the author what to do."""
    if LOCKED.search(content):
        raise ValueError(
            _("Ce PDF est protégé : enregistrez-le sans mot de passe, puis renvoyez-le.")
        )
    for part in (content, *unpacked(content)):
        names = decoded(part)
        if ACTIVE.search(names):
            raise ValueError(
                _(
                    "Ce PDF contient un programme ou un formulaire actif : imprimez-le dans un "
                    "nouveau PDF, puis renvoyez-le."
                )
            )
        if CARRIER.search(names):
            raise ValueError(
                _("Ce PDF contient un autre fichier : retirez-le, et joignez-le à part.")
            )


def decoded(part):
    return CODED.sub(lambda found: bytes([int(found[1], 16)]), part)


def unpacked(content):
    """The object streams: names hide there. What unpacks to a flood is refused."""
    left = MOST_UNPACKED
    for found in PACKED.finditer(content):
        opened = inflated(content[found.end() :], left)
        left -= len(opened)
        if left <= 0:
            raise ValueError(_("Ce document est trop volumineux une fois ouvert."))
        yield opened


def inflated(packed, most):
    """As much as can be read; a stream that is not deflated holds its names in the open."""
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""
