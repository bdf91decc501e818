"""What changed between two versions of a text, word by word; pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\S+\s*|\s+")
SAME, GONE, NEW = "same", "gone", "new"
# Beyond, comparing would take seconds: the changed middle is shown as replaced as a whole.
MOST_WORDS = 4_000


@dataclass(frozen=True)
class Piece:
    kind: str
    text: str


def difference(old: str, new: str) -> list[Piece]:
    """Pieces in reading order: joined without the new ones they give the old text back."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    head = shared_start(before, after)
    tail = shared_start(before[head:][::-1], after[head:][::-1])
    middle = compared(before[head : len(before) - tail], after[head : len(after) - tail])
    pieces = [
        Piece(SAME, "".join(before[:head])),
        *middle,
        Piece(SAME, "".join(before[len(before) - tail :])),
    ]
    return [piece for piece in pieces if piece.text]


def shared_start(one: list[str], other: list[str]) -> int:
    """How many words they begin with alike."""
    n = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        n += 1
    return n


def compared(before: list[str], after: list[str]) -> list[Piece]:
    if len(before) + len(after) > MOST_WORDS:
        return [Piece(GONE, "".join(before)), Piece(NEW, "".join(after))]
    pieces = []
    matcher = SequenceMatcher(None, before, after, autojunk=len(before) > 500)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece(SAME, "".join(before[a:b])))
            continue
        pieces += [Piece(GONE, "".join(before[a:b])), Piece(NEW, "".join(after[c:d]))]
    return [piece for piece in pieces if piece.text]
