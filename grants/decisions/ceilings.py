"""How much a dossier may receive at most, and why: the call's published caps."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal


@dataclass(frozen=True)
class Ceiling:
    """The largest award in euros and the cap that sets it."""

    amount: Decimal
    because: str


def ceiling(
    *,
    requested: Decimal,
    base: Decimal,
    stage: str,
    max_rate: Decimal,
    max_aid: Decimal,
    max_grant: Decimal,
) -> Ceiling:
    """The smallest of the ask, the rate on the eligible base, the aid cap and the grant cap.

    All amounts in euros; the rate's product is rounded down to the cent so that it is never
    exceeded. The grant cap binds the first-product stage, which is paid as a grant.
    """
    by_rate = (base * max_rate).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
    caps = [
        Ceiling(requested, "le montant demandé"),
        Ceiling(by_rate, f"le taux maximal de {percent(max_rate)} de l’assiette"),
        Ceiling(max_aid, "l’aide maximale par dossier"),
    ]
    if stage == "mvp":
        caps.append(Ceiling(max_grant, "la part maximale en subvention"))
    return min(caps, key=lambda cap: cap.amount)


def percent(rate: Decimal) -> str:
    return f"{(rate * 100).normalize():f}".replace(".", ",") + "\u202f%"
