"""What tells whose text it is, found in the text: pure, so that it can be tested word by word."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LEGAL_FORMS = re.compile(
    r"\b(s\.?a\.?s\.?u?|s\.?a\.?r\.?l|e\.?u\.?r\.?l|s\.?a|scop|scic|sci|snc)\b\.?", re.IGNORECASE
)
EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
URL = (
    r"(?:https?://|www\.)[^\s<>«»\"]+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:fr|com|eu|org|net|io|tech|bio|green|energy|occitanie)\b(?:/\S*)?"
)
PHONE = r"(?<!\d)(?:\+33|0033|0)[\s.]?(?:\(0\)[\s.]?)?[1-9](?:[\s.-]?\d{2}){4}(?!\d)"
STREET = (
    r"\b\d{1,4}(?:\s?(?:bis|ter|quater))?,?\s+(?:rue|avenue|av\.|boulevard|bd|chemin|route|place|"
    r"impasse|allées?|quai|cours|square|passage|voie|esplanade)\s[^,.;:\n]{1,60}"
)
TOWN = r"\b(?:0[1-9]|[1-8]\d|9[0-8])\d{3}\s+[A-ZÀ-Ý][\w’'-]+(?:[\s-][A-ZÀ-Ý][\w’'-]+)*"
PATTERNS = [re.compile(one, re.IGNORECASE) for one in (EMAIL, URL, PHONE, STREET)]
PATTERNS.append(re.compile(TOWN))
NUMBER = re.compile(
    r"(?<![\d,.])(?:FR\s?\d{2}\s?)?\d{3}[\s.]?\d{3}[\s.]?\d{3}(?:[\s.]?\d{5})?(?!\d|[\s.,]?\d)"
    r"(?!\s?(?:€|euros|eur|k€|m€))",
    re.IGNORECASE,
)
# Part of many names, and how many sentences begin.
PARTICLES = frozenset({"de", "des", "di", "du", "el", "et", "la", "le", "les", "van", "von"})
BETWEEN = r"[\s\-_’'.]*"


@dataclass(frozen=True)
class Piece:
    text: str
    is_hidden: bool


def pieces(
    text: str, *, companies: Iterable[str], people: Iterable[str], numbers: Iterable[str] = ()
) -> list[Piece]:
    """`text` cut where something names the company, its people, or leads to them."""
    spans = sorted(
        [
            *(found.span() for pattern in PATTERNS for found in pattern.finditer(text)),
            *numbers_in(text),
            *written_out(text, numbers),
            *companies_in(text, companies),
            *people_in(text, people),
        ]
    )
    cut, end = [], 0
    for start, stop in joined(spans):
        cut += [Piece(text[end:start], False), Piece(text[start:stop], True)]
        end = stop
    cut.append(Piece(text[end:], False))
    return [piece for piece in cut if piece.text]


def joined(spans):
    """Spans that touch or overlap, as one."""
    whole: list[tuple[int, int]] = []
    for start, stop in spans:
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(stop, whole[-1][1]))
        else:
            whole.append((start, stop))
    return whole


def numbers_in(text):
    """SIREN, SIRET and VAT numbers: those the key of Luhn lets pass, but no amount."""
    for found in NUMBER.finditer(text):
        digits = re.sub(r"\D", "", re.sub(r"^FR\s?\d{2}", "", found.group(), flags=re.IGNORECASE))
        if passes_luhn(digits[:9]):
            yield found.span()


def written_out(text, numbers):
    """The company’s own SIREN, however it is spaced, with what follows it in a SIRET."""
    for number in numbers:
        digits = BETWEEN.join(number)
        for found in re.finditer(rf"(?<!\d){digits}(?:{BETWEEN}\d{{5}})?(?!\d)", text):
            yield found.span()


def passes_luhn(digits):
    doubled = (int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits)))
    return sum(sum(divmod(n, 10)) for n in doubled) % 10 == 0


def companies_in(text, names):
    """A name with or without its legal form, however it is spaced, accented or capitalised."""
    folded = fold(text)
    for name in names:
        for form in {name, LEGAL_FORMS.sub("", name)}:
            words = re.findall(r"\w+", fold(form))
            if len("".join(words)) >= 2:
                together = BETWEEN.join(map(re.escape, words))
                for found in re.finditer(rf"(?<!\w){together}(?!\w)", folded):
                    yield found.span()


def people_in(text, names):
    """Each word of a name where it is written as a name: « Petit » and not « petit »."""
    folded = fold(text)
    words = {word for name in names for word in re.findall(r"[^\W\d]{2,}", fold(name))}
    for word in sorted(words - PARTICLES):
        for found in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", folded):
            if text[found.start()].isupper():
                yield found.span()


def fold(text):
    """Lower case without accents, letter for letter: places in it are places in the text."""
    return "".join(plain(letter) for letter in text)


def plain(letter):
    bare = unicodedata.normalize("NFD", letter)[0].lower()
    return bare if len(bare) == 1 else letter
