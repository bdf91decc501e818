"""Two texts side by side, word by word: what both say, what only one says."""

import re
from difflib import SequenceMatcher

SAME, FIRST, SECOND = "same", "first", "second"
WORDS = re.compile(r"\w+|\s+|[^\w\s]")
Piece = tuple[str, str]


def difference(first: str, second: str) -> list[Piece]:
    """Pieces in reading order: those not of `second` make `first` again, and the other way."""
    left, right = WORDS.findall(first), WORDS.findall(second)
    pieces: list[Piece] = []
    for kind, i, j, k, n in SequenceMatcher(None, left, right).get_opcodes():
        if kind == "equal":
            pieces.append((SAME, "".join(left[i:j])))
            continue
        if i < j:
            pieces.append((FIRST, "".join(left[i:j])))
        if k < n:
            pieces.append((SECOND, "".join(right[k:n])))
    return pieces
