"""One name written two ways: people, houses, addresses. Plain text in, comparable words out."""

import re
import unicodedata

LEGAL = frozenset({
    "association", "asso", "eirl", "ei", "eurl", "gie", "gip", "sa", "sarl", "sas", "sasu", "sca",
    "sci", "scic", "scop", "scp", "se", "selarl", "snc", "societe", "ste",
})  # fmt: skip
SMALL = frozenset({"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les"})
PARTICLES = frozenset({"de", "des", "du", "la", "le", "les"})
TITLES = frozenset({"dr", "docteur", "m", "madame", "me", "mme", "mlle", "monsieur", "mr", "pr"})
STREETS = {
    "all": "allee", "av": "avenue", "ave": "avenue", "bat": "batiment", "bd": "boulevard",
    "bld": "boulevard", "boul": "boulevard", "bvd": "boulevard", "ch": "chemin", "che": "chemin",
    "crs": "cours", "fbg": "faubourg", "imp": "impasse", "pl": "place", "qu": "quai",
    "r": "rue", "res": "residence", "rte": "route", "sq": "square", "st": "saint",
    "ste": "sainte", "za": "zone", "zac": "zone", "zi": "zone",
}  # fmt: skip
POSTCODE = re.compile(r"\b\d{5}\b")
DOTTED = re.compile(r"\b(?:\w\.){2,}")  # S.A.S.
DOUBLED = re.compile(r"(.)\1")
LETTERS_APART = re.compile(r"[^a-z0-9]+")
SHORTEST_TYPO = 5


def words(text: str) -> tuple[str, ...]:
    """Lower case, without accents nor punctuation."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return tuple(LETTERS_APART.sub(" ", plain).split())


def person(name: str) -> tuple[str, ...]:
    """The words of a name in alphabetical order: first and last names change places."""
    return tuple(sorted(word for word in words(name) if word not in TITLES | PARTICLES))


def house(name: str) -> tuple[str, ...]:
    """The words of a company or laboratory, without its legal form."""
    told = words(DOTTED.sub(lambda found: found[0].replace(".", ""), name))
    return tuple(word for word in told if word not in LEGAL | SMALL) or told


def address(street: str, city: str) -> tuple[str, ...]:
    """Number, street and town; empty when there is no number: a street alone is no address."""
    found = words(POSTCODE.sub(" ", f"{street} {city}"))
    found = tuple(STREETS.get(word, word) for word in found if word not in SMALL | {"cedex"})
    has_number = any(word[0].isdigit() for word in found)
    return tuple(dict.fromkeys(sorted(found))) if has_number and len(found) >= 3 else ()


def same_person(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """1 for the same words, less for an initial or one slip of the pen, else 0."""
    if len(one) < 2 or len(other) < 2:
        return 0.0
    if one == other:
        return 1.0
    if set(one) >= set(other) or set(other) >= set(one):
        return 0.75  # a second first name, a married name
    if len(one) != len(other):
        return 0.0
    return paired(one, other)


def paired(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Whether the words that differ are initials of each other, or one slip apart."""
    left = [word for word in one if word not in other]
    right = [word for word in other if word not in one]
    if len(left) == len(one):
        return 0.0
    slips = 0
    for word in left:
        match = next((w for w in right if is_initial(word, w)), None)
        if match is None:
            match = next((w for w in right if one_slip(word, w)), None)
            slips += 1
        if match is None or slips > 1:
            return 0.0
        right.remove(match)
    return 0.6


def is_initial(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and len(long) > 1 and long[0] == short


def one_slip(one: str, other: str) -> bool:
    """One letter changed, added or left out, or two that changed places; never a figure.

    A letter doubled or not is no difference, even in a short name.
    """
    if any(c.isdigit() for c in one + other):
        return False
    if DOUBLED.sub(r"\1", one) == DOUBLED.sub(r"\1", other):
        return len(one) > 2
    if min(len(one), len(other)) < SHORTEST_TYPO or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, others = one[start:], other[start:]
    swapped = rest[:2] == others[:2][::-1] and rest[2:] == others[2:]
    return swapped or rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]


def same_house(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """The same words, or all but one slip in a long one."""
    if not one or not other:
        return False
    if one == other or "".join(one) == "".join(other):
        return len("".join(one)) >= 3
    if len(one) != len(other):
        return False
    apart = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(apart) == 1 and len(apart[0][0]) >= 7 and one_slip(*apart[0])


def told_in(name: tuple[str, ...], text: str) -> bool:
    """Whether these words stand one after the other in a text already put into words."""
    return bool(name) and f" {' '.join(name)} " in text
