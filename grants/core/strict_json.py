"""Input from outside: UTF-8 text and JSON without the holes of the standard reader.

NaN, infinities, a key written twice, a missing or an unknown key are all refused with `ValueError`,
whose text is meant for the person who wrote the input.
"""

import json
import math
from collections.abc import Iterable
from typing import Any, NoReturn


def decode(raw: bytes) -> str:
    """UTF-8, with or without a byte order mark."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 text: byte {error.start} cannot be read") from error


def read_object(raw: bytes) -> dict[str, Any]:
    """The one JSON object that `raw` holds."""
    try:
        document = json.loads(
            decode(raw), parse_constant=_refuse_constant, object_pairs_hook=_refuse_repeated_keys
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise ValueError(f"not valid JSON: {error.msg} ({place})") from error
    except RecursionError as error:
        raise ValueError("not valid JSON here: nested too deep") from error
    return mapping(document, "the document")


def mapping(value: Any, where: str) -> dict[str, Any]:
    """An object, or a refusal saying where one was expected."""
    if not isinstance(value, dict):
        raise ValueError(f"{where}: an object was expected")
    return value


def check_keys(
    value: dict[str, Any], where: str, *, required: Iterable[str], optional: Iterable[str] = ()
) -> None:
    """Every required key, and none but the known ones."""
    required = set(required)
    missing = sorted(required - set(value))
    unknown = sorted(set(value) - required - set(optional))
    if missing:
        raise ValueError(f"{where}: missing {', '.join(missing)}")
    if unknown:
        raise ValueError(f"{where}: unknown {', '.join(unknown)}")


def sequence(value: Any, where: str) -> list[Any]:
    """A list, or a refusal."""
    if not isinstance(value, list):
        raise ValueError(f"{where}: a list was expected")
    return value


def text(value: Any, where: str) -> str:
    """A string with something in it and no NUL."""
    if not isinstance(value, str) or not value.strip() or "\x00" in value:
        raise ValueError(f"{where}: a text that is not empty was expected")
    return value


def whole(value: Any, where: str, *, at_least: int = 0) -> int:
    """A whole number; `true`, `1.5` and `"3"` are refused."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{where}: a whole number was expected")
    if not at_least <= value <= 10**15:
        raise ValueError(f"{where}: {value} is outside {at_least} to 10^15")
    return value


def number(value: Any, where: str) -> float:
    """A finite number that is not negative."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{where}: a number was expected")
    if not (math.isfinite(value) and 0 <= value <= 10**12):
        raise ValueError(f"{where}: {value} is outside 0 to 10^12")
    return float(value)


def unique(values: Iterable[Any], where: str) -> None:
    """Refuse the first value that comes twice."""
    seen: set[Any] = set()
    for value in values:
        if value in seen:
            raise ValueError(f"{where}: {value} comes twice")
        seen.add(value)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number here")


def _refuse_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    unique((key for key, _ in pairs), "an object")
    return dict(pairs)
