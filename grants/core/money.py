"""Money is `Decimal` with two places; every rounding of the product happens in this file."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

CENT = Decimal("0.01")
LARGEST = Decimal("999999999999.99")
TYPED = re.compile(r"-?\d+(?:[.,]\d{1,2})?", re.ASCII)
SPACES = dict.fromkeys(map(ord, "\u0020\u00a0\u202f\u2009"))


def euro(value: Decimal | int | str) -> Decimal:
    """Round half up to the cent; a float is refused because it is already wrong."""
    if isinstance(value, float):
        raise TypeError("Money is never a float.")
    # Adding zero turns a typed “-0” into 0.00.
    return Decimal(value).quantize(CENT, rounding=ROUND_HALF_UP) + 0


def rounded(value: Decimal, places: int) -> Decimal:
    """Round half up to `places`; minus zero becomes zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0


def read_euros(text: str) -> Decimal:
    """Read what a French person types (“148 500,50 €”); raise ValueError for anything else.

    Exponents, underscores, other scripts' digits, NaN and a third decimal are refused.
    """
    bare = text.translate(SPACES).removesuffix("€").removesuffix("EUR")
    if not TYPED.fullmatch(bare):
        raise ValueError(text)
    try:
        amount = euro(bare.replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(text) from error
    if abs(amount) > LARGEST:
        raise ValueError(text)
    return amount


def share_out(total: Decimal, weights: Sequence[Decimal | int]) -> list[Decimal]:
    """Split `total` by weight without losing a cent; the largest remainders get the rest."""
    if any(weight < 0 for weight in weights) or not any(weights):
        raise ValueError("weights are positive and at least one is not zero")
    cents = int(total / CENT)
    # Fractions are exact; Decimal would round a share of a large total to 28 digits.
    whole = sum(map(Fraction, weights))
    exact = [cents * Fraction(weight) / whole for weight in weights]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: shares[i] - exact[i])
    for i in by_remainder[: cents - sum(shares)]:
        shares[i] += 1
    return [share * CENT for share in shares]
