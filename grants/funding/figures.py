"""What the ledger says of an envelope: balances by account at a day, credits and needs by year."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Sum
from django.utils import timezone
from django.utils.dateparse import parse_date

from grants.core.moments import FIRST_YEAR, LAST_YEAR
from grants.funding.models import PlannedPayment
from grants.funding.postings import FIGURES, Account

NONE = Decimal(0)
BROUGHT = {Account.FUNDERS.value, Account.CP_FUNDERS.value}
PLACES = {account.value: place for place, account in enumerate(Account)}


@dataclass(frozen=True)
class Asked:
    """Which entries the address asks for: behind a figure, in a year, of a funder (0: the
    programme's own), up to a day."""

    figure: str = ""
    year: int | None = None
    funder: int | None = None
    day: date | None = None
    unread: str = ""  # a day nobody can read

    @classmethod
    def read(cls, parameters):
        figure = parameters.get("compte", "")
        typed = parameters.get("au", "").strip()
        found = day_in(typed)
        return cls(
            figure=figure if figure in FIGURES else "",
            year=whole(parameters.get("exercice", "")),
            funder=whole(parameters.get("financeur", "")),
            day=found,
            unread=typed if typed and found is None else "",
        )

    def among(self, entries):
        if self.figure:
            entries = entries.behind(self.figure, self.year, self.funder)
        return entries.until(self.day) if self.day else entries


def whole(text):
    """A small whole number, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def day_in(text):
    try:
        found = parse_date(text)
    except ValueError:
        return None
    return found if found and FIRST_YEAR <= found.year <= LAST_YEAR else None


@dataclass(frozen=True)
class Balance:
    """An account, of a year for payment credits, of a funder for what funders brought; `amount` is
    debit less credit."""

    account: Account
    year: int | None
    funder: int | None
    name: str
    debit: Decimal
    credit: Decimal

    @property
    def label(self):
        label = f"{self.account.label} {self.year}" if self.year else str(self.account.label)
        return f"{label}, {self.name}" if self.name else label

    @property
    def query(self):
        asked = {"compte": self.account.value, "exercice": self.year, "financeur": self.funder}
        return urlencode({name: value for name, value in asked.items() if value is not None})

    @property
    def amount(self):
        return self.debit - self.credit


def balances(envelope, day=None):
    """The balance of every account that moved, from acts dated up to and including the day."""
    debits, credits = defaultdict(Decimal), defaultdict(Decimal)
    names = {0: envelope.programme.funder}
    for credit, debit, year, funder, name, amount in envelope.entries.until(
        day or timezone.localdate()
    ).moved():
        names[funder or 0] = name or names[0]
        credits[key_of(credit, year, funder)] += abs(amount)
        debits[key_of(debit, year, funder)] += abs(amount)
    return [
        Balance(Account(key[0]), *key[1:], names.get(key[2], ""), debits[key], credits[key])
        for key in sorted(debits.keys() | credits.keys(), key=place_of)
    ]


def key_of(account, year, funder):
    """Only what funders brought is told apart by funder; 0 is the programme's own."""
    return account, year, (funder or 0) if account in BROUGHT else None


def place_of(key):
    account, year, funder = key
    return PLACES[account], year or 0, funder or 0


def disagreements(envelope, found):
    """The totals that are not what the balances of today say; empty when all is well."""
    told = dict.fromkeys(Account, NONE)
    for balance in found:
        told[balance.account] += balance.amount
    kept = {
        Account.AVAILABLE: envelope.left,
        Account.COMMITTED: envelope.committed,
        Account.PAID: envelope.paid,
    }
    return [account for account, amount in kept.items() if told[account] != amount]


@dataclass(frozen=True)
class Year:
    """The payment credits of a year and what the schedules expect to pay in it."""

    year: int
    opened: Decimal = NONE
    paid: Decimal = NONE
    planned: Decimal = NONE

    @property
    def left(self):
        return self.opened - self.paid

    @property
    def missing(self):
        return max(self.planned - self.opened, NONE)


def years_of(envelope):
    """Every year with credits or expected payments, in order."""
    planned = dict(
        PlannedPayment.objects.filter(commitment__envelope=envelope)
        .order_by()
        .values_list("year")
        .annotate(Sum("amount"))
    )
    opened = {credit.year: credit for credit in envelope.credits.all()}
    found = []
    for year in sorted(planned.keys() | opened.keys()):
        credit = opened.get(year)
        amounts = {"opened": credit.opened, "paid": credit.paid} if credit else {}
        found.append(Year(year, planned=planned.get(year, NONE), **amounts))
    return found
