"""Identifiers and amounts that add up."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from grants.core.money import share_out

STEP = 500
MOST_GRANT, MOST_AID = 50_000, 200_000
SHARES = {"staff": 46, "subcontract": 18, "equipment": 17, "supplies": 12, "ip": 4, "other": 3}


def siret(n: int) -> str:
    """The n-th fictional establishment: its SIREN begins with 00, which no register gives."""
    return with_check_digit(siren(n) + "0001")


def siren(n: int) -> str:
    return with_check_digit(f"{n:08d}")


def with_check_digit(digits: str) -> str:
    """Append the digit that makes the whole pass Luhn."""
    total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(reversed(digits)))
    return digits + str(-total % 10)


@dataclass(frozen=True)
class Plan:
    """What a project costs and who pays: both sides have the same total, in euros."""

    base: int
    requested: int
    budget: tuple[tuple[str, int], ...]  # nature, amount
    financing: tuple[tuple[str, str, int, bool], ...]  # source, nature, amount, secured

    @property
    def total(self) -> int:
        return sum(amount for _nature, amount in self.budget)


def plan_of(stage: str, base: int, chance: Random) -> Plan:
    """A believable budget around the eligible base, and the sources that cover it."""
    rate = chance.choice((0.4, 0.45, 0.5, 0.5, 0.5))
    most = MOST_GRANT if stage == "mvp" else MOST_AID
    requested = min(most, rounded(base * rate))
    extra = chance.choice((0, 0, 4_000, 6_500, 9_000))
    weights = [max(1, share + chance.randint(-3, 3)) for share in SHARES.values()]
    steps = share_out(Decimal(base // STEP) / 100, weights)
    amounts = [int(share * 100) * STEP for share in steps]
    amounts[0] += base - sum(amounts)
    amounts[-1] += extra
    budget = tuple(zip(SHARES, amounts, strict=True))
    return Plan(base, requested, budget, sources(base + extra, requested, chance))


def sources(total: int, requested: int, chance: Random) -> tuple[tuple[str, str, int, bool], ...]:
    rest = total - requested
    loan = rounded(rest * chance.choice((0, 0.25, 0.4)))
    sales = rounded(rest * chance.choice((0, 0.1, 0.2)))
    rows = [
        ("Région Occitanie, aide demandée", "public", requested, False),
        ("Capital et comptes courants", "own", rest - loan - sales, True),
        ("Prêt bancaire", "loan", loan, chance.random() < 0.5),
        ("Acomptes des premiers clients", "sales", sales, True),
    ]
    return tuple(row for row in rows if row[2])


def rounded(amount: float) -> int:
    """Down to the step of 500 €, so that a rate is never exceeded."""
    return int(amount // STEP) * STEP


def euros(amount: int) -> str:
    return f"{amount:,}".replace(",", "\u202f") + "\u202f€"
