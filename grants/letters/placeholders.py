"""The words in braces of a letter: what each stands for, its type, which letters may use it.

A text is faultless when every brace closes on a known word that this letter has.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.core.wording import day, euros, number, percent
from grants.letters.kinds import Kind

TEXT, AMOUNT, DAY, RANK, MARK, SHARE = "text", "amount", "day", "rank", "mark", "share"
TYPES = {
    TEXT: gettext_lazy("texte"),
    AMOUNT: gettext_lazy("montant"),
    DAY: gettext_lazy("date"),
    RANK: gettext_lazy("nombre entier"),
    MARK: gettext_lazy("note"),
    SHARE: gettext_lazy("taux"),
}
BRACES = re.compile(r"\{([^{}]*)\}")
EVERYWHERE = frozenset(Kind)
GRANTED = frozenset({Kind.AWARD, Kind.PARTIAL})
NAME = "Société coopérative occitane pour l’hydrogène vert et les matériaux biosourcés "
SENTENCE = "Le comité relève un plan de financement solide, mais des débouchés peu démontrés. "


@dataclass(frozen=True)
class Placeholder:
    """`longest` is the longest value a letter must still bear."""

    name: str
    type: str
    label: str
    longest: str | Decimal | int | date
    kinds: frozenset = EVERYWHERE

    @property
    def type_label(self):
        return TYPES[self.type]


ALL = (
    Placeholder("entreprise", TEXT, gettext_lazy("nom de l’entreprise"), NAME * 2),
    Placeholder("reference", TEXT, gettext_lazy("numéro du dossier"), "PROGRAMME12-123456"),
    Placeholder("projet", TEXT, gettext_lazy("nom du projet"), "Ligne pilote de recyclage " * 7),
    Placeholder("appel", TEXT, gettext_lazy("intitulé de l’appel"), "Start-up industrie " * 7),
    Placeholder("programme", TEXT, gettext_lazy("nom du programme"), "Start-up de demain " * 6),
    Placeholder("financeur", TEXT, gettext_lazy("financeur"), "Région Occitanie " * 6),
    Placeholder("service", TEXT, gettext_lazy("service à qui écrire"), "Direction du projet " * 7),
    Placeholder("adresse", TEXT, gettext_lazy("adresse du service"), "22 boulevard Juin " * 9),
    Placeholder("organe", TEXT, gettext_lazy("organe qui a voté"), "la Commission permanente " * 4),
    Placeholder("deliberation", TEXT, gettext_lazy("numéro de la délibération"), "CP/2026-12/" * 5),
    Placeholder("date_vote", DAY, gettext_lazy("date du vote"), date(2027, 9, 22)),
    Placeholder("date_lettre", DAY, gettext_lazy("date de l’annonce"), date(2027, 9, 22)),
    Placeholder("rang", RANK, gettext_lazy("rang au classement"), 1234),
    Placeholder("classes", RANK, gettext_lazy("nombre de dossiers classés"), 1234),
    Placeholder("note", MARK, gettext_lazy("note du dossier"), Decimal("88.88")),
    Placeholder("note_maximale", RANK, gettext_lazy("note la plus haute possible"), 100),
    Placeholder("seuil", MARK, gettext_lazy("seuil publié"), Decimal("88.88")),
    Placeholder("evaluations", RANK, gettext_lazy("nombre d’évaluations"), 12),
    Placeholder("point_fort", TEXT, gettext_lazy("critère le mieux noté"), NAME),
    Placeholder("point_faible", TEXT, gettext_lazy("critère le moins bien noté"), NAME),
    Placeholder("motif", TEXT, gettext_lazy("motif écrit pour ce dossier"), SENTENCE * 12),
    Placeholder("demande", AMOUNT, gettext_lazy("aide demandée"), Decimal("199999.99")),
    Placeholder("montant", AMOUNT, gettext_lazy("aide accordée"), Decimal("199999.99"), GRANTED),
    Placeholder("taux", SHARE, gettext_lazy("part de l’assiette"), Decimal("0.4999"), GRANTED),
    Placeholder(
        "rang_reserve", RANK, gettext_lazy("rang de réserve"), 123, frozenset({Kind.RESERVE})
    ),
    Placeholder(
        "fin_reserve", DAY, gettext_lazy("fin de la liste de réserve"), date(2027, 9, 22),
        frozenset({Kind.RESERVE}),
    ),
    Placeholder(
        "motifs", TEXT, gettext_lazy("minimums publiés non atteints, critère par critère"),
        SENTENCE * 12, frozenset({Kind.REFUSE}),
    ),
)  # fmt: skip
KNOWN = {one.name: one for one in ALL}


def of_kind(kind: str) -> list[Placeholder]:
    return [one for one in ALL if kind in one.kinds]


def faults(text: str, kind: str) -> list[str]:
    """Why this text cannot be a letter of this kind, one sentence a fault."""
    told = [fault_of(name, kind) for name in BRACES.findall(text)]
    if re.search(r"[{}]", BRACES.sub("", text)):
        told.append(_("Une accolade est ouverte ou fermée seule : écrivez {mot} en entier."))
    return [sentence for sentence in dict.fromkeys(told) if sentence]


def fault_of(name: str, kind: str) -> str:
    known = KNOWN.get(name)
    if known and kind in known.kinds:
        return ""
    if known:
        told = _("{%(name)s} n’existe pas dans la lettre « %(kind)s ».")
        return told % {"name": name, "kind": Kind(kind).label}
    told = _("{%(name)s} n’est pas un mot connu.") % {"name": name}
    near = nearest(name, kind)
    return f"{told} {_('Le plus proche est {%(near)s}.') % {'near': near}}" if near else told


def nearest(name: str, kind: str) -> str:
    names = [one.name for one in of_kind(kind)]
    found = get_close_matches(name.strip().lower().replace(" ", "_"), names, n=1, cutoff=0.4)
    return found[0] if found else ""


def paragraphs(text: str, values: Mapping[str, object]) -> list[str]:
    """The paragraphs of a faultless text; one whose words are all empty is left out."""
    parts = (part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    return [filled(part, values) for part in parts if part and not is_hollow(part, values)]


def is_hollow(part: str, values: Mapping[str, object]) -> bool:
    names = BRACES.findall(part)
    return bool(names) and all(values.get(name) in (None, "") for name in names)


def filled(text: str, values: Mapping[str, object]) -> str:
    return BRACES.sub(lambda found: written(KNOWN[found[1]], values.get(found[1])), text)


def written(placeholder: Placeholder, value: object) -> str:
    """A value the way a letter writes its type."""
    if value is None or value == "":
        return "—"
    return WRITERS[placeholder.type](value)


def longest(kind: str) -> dict[str, object]:
    """Every word of this letter at its longest: what a page must still bear."""
    return {one.name: bounded(one.longest) for one in of_kind(kind)}


def bounded(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def whole(value: int) -> str:
    return number(value)


WRITERS = {
    TEXT: str,
    AMOUNT: euros,
    DAY: day,
    RANK: whole,
    MARK: lambda value: number(value, places=2),
    SHARE: lambda value: percent(value, places=1),
}
