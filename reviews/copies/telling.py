"""Which words of a file tell whose it is: pure, as the masking of texts is."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reviews.phases.masking import EMAIL, PHONE, companies_in, fold, people_in, written_out

MOST_TOLD = 12
# Letters set apart, or a word cut in two by its line: found without what stands between them.
SURE_WHEN_CLOSED = 6
REACHED = [re.compile(one, re.IGNORECASE) for one in (EMAIL, PHONE)]


@dataclass(frozen=True)
class Told:
    """A word that names, and the page it was read on; page 0 is what nobody sees."""

    page: int
    word: str


def told_in(
    pages: Sequence[str],
    hidden: Iterable[str],
    *,
    companies: Sequence[str],
    people: Sequence[str],
    numbers: Sequence[str],
) -> list[Told]:
    """Each word once, at its first page, the first few of them."""
    texts = [(n, text) for n, text in enumerate(pages, start=1)]
    texts.append((0, "\n".join(hidden)))
    found: dict[str, Told] = {}
    for page, text in texts:
        for word in words_in(text, companies, people, numbers):
            found.setdefault(fold(word), Told(page, word))
        if len(found) >= MOST_TOLD:
            break
    return list(found.values())[:MOST_TOLD]


def words_in(text, companies, people, numbers):
    spans = [
        *(found.span() for pattern in REACHED for found in pattern.finditer(text)),
        *written_out(text, numbers),
        *companies_in(text, companies),
        *people_in(text, people),
    ]
    yield from (" ".join(text[start:stop].split())[:80] for start, stop in sorted(spans))
    if not spans:
        yield from closed_up(text, [*companies, *people])


def closed_up(text, names):
    """A name whose letters stand apart: « H é l i o t u i l e »."""
    letters = closed(text)
    for name in names:
        if len(closed(name)) >= SURE_WHEN_CLOSED and closed(name) in letters:
            yield name


def closed(text):
    return "".join(letter for letter in fold(text) if letter.isalnum())
