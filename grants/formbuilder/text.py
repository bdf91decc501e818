"""What may be stored of what people type: everything a page and a PDF can give back unchanged."""

import re

from django.utils.translation import gettext as _

LONGEST = 20_000
LONGEST_KEPT = 1_000_000
SURROGATES = re.compile("[\ud800-\udfff]")
# Marks without width that word processors leave behind: they say nothing, and go.
DIRECTION = dict.fromkeys(map(ord, "\u200e\u200f\u061c\ufeff"))
# Marks that reorder what is read: a dossier shows its text in the order it was typed.
REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Unicode's category Cc, but for the tab and the line break.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


# Any of the above, or an old line end: rare, so that the usual text is looked through once.
UNUSUAL = re.compile(
    "[\ud800-\udfff\u200e\u200f\u061c\ufeff\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f]"
)


def clean(text: str) -> str:
    """The text with plain line ends and no blank around it, or a ValueError that says why not."""
    text = unmarked(text) if UNUSUAL.search(text) else text.strip()
    if len(text) > LONGEST:
        raise ValueError(_("Ce texte est trop long : 20 000 caractères au plus."))
    return text


def unmarked(text: str) -> str:
    if SURROGATES.search(text):
        raise ValueError(_("Ce texte contient un caractère illisible : retapez-le ici."))
    if REORDERING.search(text):
        raise ValueError(
            _("Ce texte contient un caractère invisible qui inverse la lecture : retapez-le.")
        )
    text = text.translate(DIRECTION).replace("\r\n", "\n").replace("\r", "\n").strip()
    if CONTROL.search(text):
        raise ValueError(_("Ce texte contient un caractère invisible interdit : retapez-le ici."))
    return text


def storable(text: str) -> str:
    """What is kept of a refused text, so that its author finds it again beside the error."""
    text = SURROGATES.sub("\ufffd", text.replace("\0", "\ufffd"))
    return text.replace("\r\n", "\n")[:LONGEST_KEPT]


def words(text: str) -> int:
    return len(text.split())
