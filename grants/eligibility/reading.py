"""Strict readers of JSON values: each takes a value and its path, and answers or refuses."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NoReturn

from grants.eligibility.wording import NARROW

LARGEST = Decimal(10) ** 12
Reader = Callable[[Any, str], Any]


class BadInput(ValueError):
    """The reason is a French sentence that names the key."""


def read_record(values: Any, path: str, readers: Mapping[str, Reader]) -> dict[str, Any]:
    """The keys that are told, each read by its reader; `null` is the same as absent."""
    told = read_object(values, path, set(readers))
    return {
        key: readers[key](value, f"{path}.{key}")
        for key, value in told.items()
        if value is not None
    }


def read_object(value: Any, path: str, keys: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        refuse(path or "le document", "doit être un objet JSON")
    unknown = sorted(set(value) - keys)
    if unknown:
        where = f"{path}." if path else ""
        refuse(f"{where}{_safe(unknown[0])}", "est une clé inconnue")
    return value


def read_amount(value: Any, path: str) -> Decimal:
    amount = read_signed(value, path)
    if amount < 0:
        refuse(path, "ne peut pas être négatif")
    return amount


def read_signed(value: Any, path: str) -> Decimal:
    number = read_number(value, path)
    if number != round(number, 2):
        refuse(path, "a plus de deux décimales")
    return number


def read_count(value: Any, path: str) -> Decimal:
    number = read_number(value, path)
    if number < 0:
        refuse(path, "ne peut pas être négatif")
    return number


def read_percent(value: Any, path: str) -> Decimal:
    number = read_count(value, path)
    if number > 100:
        refuse(path, "est un pourcentage entre 0 et 100")
    return number


def read_share(value: Any, path: str) -> Decimal:
    number = read_count(value, path)
    if number > 1:
        refuse(path, "est une part entre 0 et 1")
    return number


def read_number(value: Any, path: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        refuse(path, "doit être un nombre")
    number = Decimal(value)
    if abs(number) > LARGEST:
        refuse(path, "est trop grand")
    return number


def read_integer(value: Any, path: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        refuse(path, "doit être un nombre entier")
    if not 0 <= value <= 1200:
        refuse(path, "doit être compris entre 0 et 1200")
    return value


def read_flag(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        refuse(path, "doit être true ou false")
    return value


def read_text(value: Any, path: str) -> str:
    if not isinstance(value, str):
        refuse(path, "doit être un texte entre guillemets")
    if not value.isprintable() or len(value) > 500:
        refuse(path, "contient des caractères illisibles ou plus de 500 caractères")
    return value


def read_day(value: Any, path: str) -> date:
    text = read_text(value, path)
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            raise ValueError
        day = date.fromisoformat(text)
    except ValueError:
        refuse(path, "n’est pas une date possible (attendu : AAAA-MM-JJ)")
    if not 1800 <= day.year <= 2200:
        refuse(path, "est une date hors de portée")
    return day


def read_checked(check: Callable[[str], str]) -> Reader:
    def read(value: Any, path: str) -> str:
        try:
            return check(read_text(value, path))
        except BadInput:
            raise
        except ValueError as error:
            raise BadInput(f"{path}{NARROW}: {error}") from None

    return read


def read_department(value: Any, path: str) -> str:
    code = read_text(value, path).strip().upper()
    if not re.fullmatch(r"[013-9][0-9]|2[1-9AB]|9[78][0-9]", code) or code in {"00", "96", "99"}:
        refuse(path, "n’est pas un code de département (exemples : 09, 31, 2A, 974)")
    return code


def one_of(choices: type[StrEnum]) -> Reader:
    def read(value: Any, path: str) -> StrEnum:
        text = read_text(value, path)
        if text not in list(choices):
            refuse(path, f"doit être l’un de : {', '.join(choices)}")
        return choices(text)

    return read


def list_of(read_one: Reader) -> Reader:
    def read(value: Any, path: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            refuse(path, "doit être une liste")
        return tuple(read_one(item, f"{path}[{index}]") for index, item in enumerate(value))

    return read


def refuse(path: str, reason: str) -> NoReturn:
    raise BadInput(f"{path}{NARROW}: {reason}.")


def _safe(key: str) -> str:
    """A key typed by anybody, shortened and printable everywhere."""
    return json.dumps(key)[1:61].rstrip('"')
