"""The officer's search box: its text is the address, chips only write words into it.

`état:déposé thème:energie dept:31 appel:AP27 en-retard "mot exact"`; without a state or a word,
the queue shows what waits for screening; `tous` lifts that.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from grants.dossiers.states import State

PIECES = re.compile(r'"[^"]*"|\S+')
LONGEST = 200

# Fixed words, whatever the language of the page: a saved address keeps its meaning.
STATE_WORDS = {
    "déposé": State.SUBMITTED,
    "à-compléter": State.INCOMPLETE,
    "recevable": State.ADMISSIBLE,
    "irrecevable": State.INADMISSIBLE,
    "en-évaluation": State.IN_REVIEW,
    "classé": State.RANKED,
    "retenu": State.AWARDED,
    "réserve": State.RESERVE,
    "non-retenu": State.REFUSED,
    "retiré": State.WITHDRAWN,
}
WORD_OF_STATE = {state: word for word, state in STATE_WORDS.items()}
KINDS = {
    "état": "état", "etat": "état", "thème": "thème", "theme": "thème",
    "dept": "dept", "département": "dept", "appel": "appel",
}  # fmt: skip
LATE, ALL = "en-retard", "tous"


@dataclass(frozen=True)
class Query:
    """Pieces are (kind, value); the kind of a searched word is empty."""

    pieces: tuple[tuple[str, str], ...] = ()

    def values(self, kind: str) -> list[str]:
        return [value for found, value in self.pieces if found == kind]

    @property
    def words(self) -> list[str]:
        return self.values("")

    @property
    def states(self) -> list[str]:
        return [STATE_WORDS[word] for word in self.values("état")]

    @property
    def is_late(self) -> bool:
        return (LATE, "") in self.pieces

    @property
    def waits_only(self) -> bool:
        """Nothing says which states: show what waits for screening."""
        return not (self.states or self.words or self.is_late or (ALL, "") in self.pieces)

    def toggled(self, kind: str, value: str = "") -> "Query":
        piece = (kind, value)
        if piece in self.pieces:
            return Query(tuple(found for found in self.pieces if found != piece))
        return Query((*self.pieces, piece))

    def has(self, kind: str, value: str = "") -> bool:
        return (kind, value) in self.pieces

    def __str__(self) -> str:
        return " ".join(written(kind, value) for kind, value in self.pieces)


def written(kind: str, value: str) -> str:
    if not kind:
        return f'"{value}"' if " " in value else value
    return f"{kind}:{value}" if value else kind


def parse(text: str) -> Query:
    """Read a search; what is not understood is searched as a word."""
    return Query(tuple(unique(piece_of(raw) for raw in PIECES.findall(text[:LONGEST]))))


def unique(pieces: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return list(dict.fromkeys(piece for piece in pieces if piece != ("", "")))


def piece_of(raw: str) -> tuple[str, str]:
    if raw in {LATE, ALL}:
        return raw, ""
    name, colon, value = raw.partition(":")
    kind = KINDS.get(name.lower(), "")
    if colon and value and kind and (kind != "état" or value.lower() in STATE_WORDS):
        return kind, value.lower() if kind != "appel" else value.upper()
    return "", raw.strip('"')
