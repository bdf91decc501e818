"""What the company register says of one establishment, read strictly from its JSON.

Shape: the open API « Recherche d’entreprises », `/search`. Whatever is not of that shape is
nonsense: a guess here would become a fact of a dossier.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NoReturn

from accounts.organisations.siret import spaced

LONGEST_TEXT = 250
MOST_RESULTS = 25
MOST_LISTED = 200
# INSEE writes these where a company does not want its particulars published.
WITHHELD = {"[ND]", "[NON-DIFFUSIBLE]"}
# NAF 2025 replaces NAF rev. 2 on this day: the same text means something else afterwards.
NAF_2025_FROM = date(2027, 1, 1)

LEGAL_FORMS = {
    "1000": "Entreprise individuelle",
    "5458": "SCOP",
    "5498": "EURL",
    "5558": "SCOP",
    "5710": "SAS",
    "5720": "SASU",
}
FAMILIES = {"54": "SARL", "55": "SA", "56": "SA", "92": "Association"}

BANDS = {
    "00": (0, 0), "01": (1, 2), "02": (3, 5), "03": (6, 9), "11": (10, 19), "12": (20, 49),
    "21": (50, 99), "22": (100, 199), "31": (200, 249), "32": (250, 499), "41": (500, 999),
    "42": (1000, 1999), "51": (2000, 4999), "52": (5000, 9999), "53": (10_000, None),
}  # fmt: skip


class Nonsense(ValueError):
    """The answer is not what the register gives; the text says where, for the log."""


@dataclass(frozen=True)
class Establishment:
    """Empty where the register does not say; `country` is empty in France."""

    siret: str
    name: str
    is_open: bool
    legal_form: str = ""
    registered_on: date | None = None
    address: str = ""
    city: str = ""
    department: str = ""
    band: str = ""
    activity: str = ""
    nomenclature: str = ""
    closed_on: date | None = None
    country: str = ""
    brands: tuple[str, ...] = ()  # other names it goes by
    officers: tuple[str, ...] = ()  # people who direct it by law
    houses: tuple[tuple[str, str], ...] = ()  # companies that direct it: name, SIREN

    @property
    def spaced(self) -> str:
        return spaced(self.siret)

    def as_json(self) -> dict[str, Any]:
        told = asdict(self)
        return {
            key: value.isoformat() if isinstance(value, date) else value
            for key, value in told.items()
        }


def from_json(told: dict[str, Any]) -> Establishment:
    """Back from what `as_json` wrote."""
    days = {key: told[key] and date.fromisoformat(told[key]) for key in DAYS}
    lists = {key: tuple(told.get(key, ())) for key in ("brands", "officers")}
    houses = tuple((name, siren) for name, siren in told.get("houses", ()))
    return Establishment(**{**told, **days, **lists, "houses": houses})


DAYS = ("registered_on", "closed_on")


def read_establishment(raw: bytes, siret: str, *, on: date) -> Establishment | None:
    """The establishment asked for; None when the register does not know it."""
    for result in results_in(raw):
        for place in places_of(result):
            if place.get("siret") == siret:
                return establishment(result, place, on)
    if results_in(raw):
        nonsense(f"{siret} was asked for, others were given")
    return None


def read_establishments(raw: bytes, *, on: date) -> list[Establishment]:
    """Every establishment of the answer, each once, in the order of the register."""
    found = {}
    for result in results_in(raw):
        for place in places_of(result):
            one = establishment(result, place, on)
            found.setdefault(one.siret, one)
    return list(found.values())


def results_in(raw: bytes) -> list[dict[str, Any]]:
    try:
        answer = json.loads(raw.decode("utf-8"), parse_constant=nonsense)
    except Nonsense:
        raise
    except (ValueError, RecursionError) as error:
        nonsense(f"no JSON: {type(error).__name__}")
    results = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(results, list) or len(results) > MOST_RESULTS:
        nonsense("no list of results")
    if not all(isinstance(result, dict) for result in results):
        nonsense("a result is no object")
    return results


def places_of(result: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The establishments that matched, then the seat, unless it is among them."""
    matching = result.get("matching_etablissements") or []
    seat = result.get("siege")
    if not isinstance(matching, list) or not isinstance(seat, dict | None):
        nonsense("establishments of another shape")
    for place in [*matching, *([seat] if seat else [])]:
        if not isinstance(place, dict):
            nonsense("an establishment is no object")
        yield place


def establishment(result: dict[str, Any], place: dict[str, Any], on: date) -> Establishment:
    siren = text(result, "siren")
    siret = text(place, "siret")
    if not re.fullmatch(r"\d{14}", siret, re.ASCII) or siret[:9] != siren:
        nonsense("a SIRET that is not of its company")
    name = text(result, "nom_raison_sociale") or text(result, "nom_complet")
    activity = text(place, "activite_principale") or text(result, "activite_principale")
    band = text(result, "tranche_effectif_salarie")
    officers, houses = directed_by(result)
    return Establishment(
        siret=siret,
        name=name[:200],
        is_open=state(place, "AF") == "A" and state(result, "AC") == "A",
        legal_form=legal_form(text(result, "nature_juridique")),
        registered_on=day(result, "date_creation"),
        address=text(place, "adresse"),
        city=text(place, "libelle_commune")[:100],
        department=department_of(text(place, "commune")),
        band=band if band in BANDS else "",
        activity=activity if re.fullmatch(r"\d{2}\.\d{2}[A-Z]", activity) else "",
        nomenclature="NAF rév. 2" if on < NAF_2025_FROM else "NAF 2025",
        closed_on=day(place, "date_fermeture") or day(result, "date_fermeture"),
        country=text(place, "libelle_pays_etranger")[:80],
        brands=brands_of(result, place),
        officers=officers,
        houses=houses,
    )


def brands_of(result: dict[str, Any], place: dict[str, Any]) -> tuple[str, ...]:
    """Its initials, its signs, its trade name: « NOM (SIGLE) » holds two of them."""
    signs = [text({"sign": sign}, "sign") for sign in list_of(place, "liste_enseignes")]
    told = [text(result, "sigle"), text(place, "nom_commercial"), *signs]
    told += re.split(r"\s*[()]\s*", text(result, "nom_complet"))
    own = text(result, "nom_raison_sociale").casefold()
    names = {name.casefold(): name[:100] for name in told if name and name.casefold() != own}
    return tuple(names.values())


def directed_by(result: dict[str, Any]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """People as « Prénom NOM », then companies with their SIREN."""
    people, houses = [], []
    for row in list_of(result, "dirigeants"):
        if not isinstance(row, dict):
            nonsense("an officer is no object")
        if name := text(row, "denomination"):
            siren = text(row, "siren")
            houses.append((name[:200], siren if re.fullmatch(r"\d{9}", siren, re.ASCII) else ""))
        elif family := text(row, "nom"):
            # The name of birth of a married person stands behind, in brackets.
            people.append(f"{text(row, 'prenoms')} {family}".strip()[:200])
    return tuple(dict.fromkeys(people)), tuple(dict.fromkeys(houses))


def list_of(where: dict[str, Any], key: str) -> list[Any]:
    told = where.get(key) or []
    if not isinstance(told, list) or len(told) > MOST_LISTED:
        nonsense(key)
    return told


def state(where: dict[str, Any], letters: str) -> str:
    letter = text(where, "etat_administratif")
    if len(letter) != 1 or letter not in letters:
        nonsense("etat_administratif")
    return letter


def text(where: dict[str, Any], key: str) -> str:
    """One clean line; withheld and absent are both empty."""
    value = where.get(key)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > 4 * LONGEST_TEXT:
        nonsense(key)
    line = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in value)
    line = " ".join(line.split())[:LONGEST_TEXT]
    return "" if line in WITHHELD else line


def day(where: dict[str, Any], key: str) -> date | None:
    told = text(where, key)
    if not told:
        return None
    try:
        found = date.fromisoformat(told)
    except ValueError:
        nonsense(key)
    # The register carries 1900-01-01 for companies whose date it does not know.
    return found if date(1900, 1, 1) < found < date(2200, 1, 1) else None


def department_of(commune: str) -> str:
    """From the INSEE code of the commune: a postcode may lie, and establishments carry no other."""
    if not re.fullmatch(r"\d[\dAB]\d{3}", commune, re.ASCII) or commune.startswith("99"):
        return ""
    return commune[:3] if commune[:2] in {"97", "98"} else commune[:2]


def legal_form(code: str) -> str:
    if not code:
        return ""
    return LEGAL_FORMS.get(code) or FAMILIES.get(code[:2], "Autre")


def nonsense(where: str) -> NoReturn:
    raise Nonsense(where)
