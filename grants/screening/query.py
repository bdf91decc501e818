"""The officer's search box: its text is the address, chips only write words into it.

`état:déposé dept:31 instructeur:@moi montant:>50000 étiquette:urgent "mot exact"`; French and
English names are both read. Without a state or a word, the queue shows what waits for screening;
`tous` lifts that. What is not understood is named, never silently ignored.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from grants.dossiers.states import State
from grants.screening.bounds import amounts, days

PIECES = re.compile(r'[^\s":]+:"[^"]*"?|"[^"]*"?|\S+')
LONGEST = 300

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
ENGLISH_STATES = {str(state).replace("_", "-"): word for state, word in WORD_OF_STATE.items()}
PLAIN_STATES = {
    "depose": "déposé", "a-completer": "à-compléter", "en-evaluation": "en-évaluation",
    "classe": "classé", "reserve": "réserve", "retire": "retiré",
}  # fmt: skip

STATE, THEME, DEPARTMENT, CALL = "état", "thème", "dept", "appel"
OFFICER, AMOUNT, TAG, FILED = "instructeur", "montant", "étiquette", "dépôt"
KINDS = {
    "état": STATE, "etat": STATE, "state": STATE,
    "thème": THEME, "theme": THEME,
    "dept": DEPARTMENT, "département": DEPARTMENT, "departement": DEPARTMENT,
    "department": DEPARTMENT,
    "appel": CALL, "call": CALL,
    "instructeur": OFFICER, "officer": OFFICER,
    "montant": AMOUNT, "amount": AMOUNT,
    "étiquette": TAG, "etiquette": TAG, "tag": TAG,
    "dépôt": FILED, "depot": FILED, "filed": FILED,
}  # fmt: skip
LATE, ALL, TURNED_AWAY = "en-retard", "tous", "dépôt-refusé"
FLAGS = {
    LATE: LATE, "late": LATE, ALL: ALL, "all": ALL,
    TURNED_AWAY: TURNED_AWAY, "depot-refuse": TURNED_AWAY, "refused-filing": TURNED_AWAY,
}  # fmt: skip
ME, NOBODY = "@moi", "@personne"
PEOPLE = {"@moi": ME, "@me": ME, "@personne": NOBODY, "@none": NOBODY}
UNREAD = "?"  # the kind of a piece that means nothing: kept in the box, to be mended

Piece = tuple[str, str]


@dataclass(frozen=True)
class Query:
    """Pieces are (kind, value); the kind of a searched word is empty."""

    pieces: tuple[Piece, ...] = ()
    problems: tuple[str, ...] = ()

    def values(self, kind: str) -> list[str]:
        return [value for found, value in self.pieces if found == kind]

    @property
    def words(self) -> list[str]:
        return self.values("")

    @property
    def states(self) -> list[str]:
        return [STATE_WORDS[word] for word in self.values(STATE)]

    @property
    def is_late(self) -> bool:
        return (LATE, "") in self.pieces

    @property
    def was_turned_away(self) -> bool:
        return (TURNED_AWAY, "") in self.pieces

    @property
    def waits_only(self) -> bool:
        """Nothing says which states: show what waits for screening."""
        flagged = any((flag, "") in self.pieces for flag in FLAGS)
        return not (self.states or self.words or flagged)

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
    if kind == UNREAD:
        return value
    quoted = f'"{value}"' if " " in value or (not kind and ":" in value) else value
    if not kind:
        return quoted
    return f"{kind}:{quoted}" if value else kind


def parse(text: str) -> Query:
    """Read a search; each part that is not understood is kept and named with its reason."""
    read = [piece_of(raw) for raw in PIECES.findall(text[:LONGEST])]
    problems = [problem for _kind, _value, problem in read if problem]
    return Query(tuple(unique((kind, value) for kind, value, _problem in read)), tuple(problems))


def unique(pieces: Iterable[Piece]) -> list[Piece]:
    return list(dict.fromkeys(piece for piece in pieces if piece != ("", "")))


def piece_of(raw: str) -> tuple[str, str, str]:
    """Kind, value and what is wrong with it."""
    if raw.startswith('"'):
        return "", " ".join(raw.strip('"').split()), ""
    if raw.lower() in FLAGS:
        return FLAGS[raw.lower()], "", ""
    name, colon, typed = raw.partition(":")
    if not colon:
        return "", raw.replace('"', ""), ""
    value = " ".join(typed.strip('"').split())
    kind = KINDS.get(name.lower(), "")
    problem = ""
    if not kind:
        problem = unknown_filter(raw, name)
    elif not value:
        problem = _("« %(part)s » : écrivez une valeur après les deux points.") % {"part": raw}
    else:
        value, problem = READERS[kind](value, raw)
    return (UNREAD, raw, problem) if problem else (kind, value, "")


def unknown_filter(raw: str, name: str) -> str:
    return _(
        "« %(part)s » : « %(name)s » n’est pas un filtre. Les filtres sont %(kinds)s. "
        "Pour chercher ce texte tel quel, mettez-le entre guillemets droits."
    ) % {"part": raw, "name": name, "kinds": ", ".join(dict.fromkeys(KINDS.values()))}


def state_of(value: str, raw: str) -> tuple[str, str]:
    low = value.lower().replace("_", "-").replace(" ", "-")
    word = PLAIN_STATES.get(low) or ENGLISH_STATES.get(low) or low
    if word in STATE_WORDS:
        return word, ""
    told = _("« %(part)s » : cet état n’existe pas. Les états sont %(words)s.")
    return value, told % {"part": raw, "words": ", ".join(STATE_WORDS)}


def officer_of(value: str, raw: str) -> tuple[str, str]:
    if not value.startswith("@"):
        return value.lower(), ""
    if value.lower() in PEOPLE:
        return PEOPLE[value.lower()], ""
    told = _("« %(part)s » : écrivez @moi, @personne, ou un nom.")
    return value, told % {"part": raw}


def amount_of(value: str, raw: str) -> tuple[str, str]:
    if amounts(value):
        return value, ""
    told = _("« %(part)s » : écrivez un montant comme >50000, <=100000 ou 50000..100000.")
    return value, told % {"part": raw}


def filed_of(value: str, raw: str) -> tuple[str, str]:
    if days(value):
        return value, ""
    told = _("« %(part)s » : écrivez une date comme >=2027-01-14 ou 2027-01-01..2027-01-31.")
    return value, told % {"part": raw}


def lowered(value: str, raw: str) -> tuple[str, str]:
    return value.lower(), ""


def raised(value: str, raw: str) -> tuple[str, str]:
    return value.upper(), ""


READERS = {
    STATE: state_of,
    THEME: lowered,
    DEPARTMENT: lowered,
    CALL: raised,
    OFFICER: officer_of,
    AMOUNT: amount_of,
    TAG: lowered,
    FILED: filed_of,
}
