"""French numbers and punctuation for the sentences of the engine."""

import re
from datetime import date
from decimal import Decimal

NARROW = "\u202f"
MONTHS = [
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
]  # fmt: skip


def typeset(text: str) -> str:
    """Narrow no-break spaces before high punctuation and inside guillemets."""
    text = re.sub(r" (?=[;:!?»%€])", NARROW, text)
    return text.replace("« ", f"«{NARROW}")


def number(value: Decimal | int | None) -> str:
    if value is None:
        return "inconnu"
    value = Decimal(value)
    digits = f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
    return digits.replace(",", NARROW).replace(".", ",").replace("-", "−")


def euros(amount: Decimal | None) -> str:
    return "montant inconnu" if amount is None else f"{number(amount)}{NARROW}€"


def percent(share: Decimal | None) -> str:
    """A share between 0 and 1 as a percentage, shown with two decimals when it has them."""
    return "part inconnue" if share is None else f"{number(share * 100)}{NARROW}%"


def day(value: date | None) -> str:
    if value is None:
        return "date inconnue"
    first = "1er" if value.day == 1 else str(value.day)
    return f"{first} {MONTHS[value.month - 1]} {value.year}"


def listing(words: list[str]) -> str:
    """One, two and three become « one, two et three »."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} et {words[-1]}"
