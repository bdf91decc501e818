"""SIREN, SIRET and the department of a commune. Each function answers, or says why not."""

import re
from collections.abc import Callable

from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength
from stdnum.fr import siren as siren_number
from stdnum.fr import siret as siret_number

SEPARATORS = re.compile(r"[\s.\-\u00a0\u202f\u2009\u200b\ufeff]+")


def check_siren(text: str) -> str:
    """The nine digits, without the spaces people type."""
    return _check(text, "SIREN", 9, siren_number.validate)


def check_siret(text: str) -> str:
    """The fourteen digits; La Poste's establishments have their own key."""
    return _check(text, "SIRET", 14, siret_number.validate)


def siren_of(siret: str) -> str:
    return check_siret(siret)[:9]


def department_of(commune: str) -> str:
    """Department of an INSEE commune code (not a postcode): 2A and 2B, three digits overseas."""
    code = commune.strip().upper()
    if not re.fullmatch(r"(?:[0-9]{2}|2[AB])[0-9]{3}", code, re.ASCII):
        raise ValueError(
            "Le code INSEE d’une commune compte cinq caractères, par exemple 31555 ou 2A004."
        )
    department = code[:3] if code[:2] in {"97", "98"} else code[:2]
    if department in {"00", "20", "96", "99"}:
        raise ValueError(f"Aucun département français ne porte le code {department}.")
    return department


def _check(text: str, name: str, length: int, validate: Callable[[str], str]) -> str:
    digits = SEPARATORS.sub("", text)
    if not re.fullmatch(r"[0-9]*", digits):
        raise ValueError(f"Un {name} ne contient que des chiffres.")
    try:
        return str(validate(digits))
    except (InvalidLength, InvalidFormat):
        raise ValueError(
            f"Un {name} compte {length} chiffres ; il y en a {len(digits)} ici."
        ) from None
    except InvalidChecksum:
        raise ValueError(
            f"Ce {name} n’est pas valable : sa clé de contrôle est fausse. Vérifiez chaque chiffre."
        ) from None
