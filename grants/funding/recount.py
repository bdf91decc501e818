"""All totals worked out again from the entries: what differs, even by a cent, is told."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, F, Q, Sum, Value, When
from django.db.models.functions import Coalesce

from grants.core.fields import MoneyField
from grants.funding.models import Entry, Envelope, PaymentCredit
from grants.funding.postings import COMMITTED, ENDOWED, GIVING, OPENED, PAID

TOTALS = {"endowed": (ENDOWED, 1), "committed": (COMMITTED, -1), "paid": (PAID, -1)}
OF_YEAR = {"opened": (OPENED, 1), "paid": (PAID, -1)}


@dataclass(frozen=True)
class Difference:
    """A total that is kept beside what its entries sum to."""

    envelope: Envelope
    total: str
    kept: Decimal
    summed: Decimal
    year: int | None = None

    def __str__(self):
        name = f"{self.total} {self.year}" if self.year else self.total
        return f"{self.envelope}, {name}: {self.kept} kept, {self.summed} by the entries"


def differences():
    """Every difference of every envelope; empty when the ledger is sound."""
    return [*of_envelopes(), *of_years(), *of_transfers()]


def summed(kinds, sign):
    moved = Case(When(kind__in=kinds, then=F("amount") * sign), output_field=MoneyField())
    return Coalesce(Sum(moved), Value(Decimal(0)), output_field=MoneyField())


def of_envelopes():
    columns = {f"summed_{total}": summed(*figure) for total, figure in TOTALS.items()}
    rows = Entry.objects.order_by().values("envelope").annotate(**columns)
    by_envelope = {row["envelope"]: row for row in rows}
    for envelope in Envelope.objects.select_related("programme").order_by("pk"):
        row = by_envelope.get(envelope.pk, {})
        for total in TOTALS:
            kept, found = getattr(envelope, total), row.get(f"summed_{total}", Decimal(0))
            if kept != found:
                yield Difference(envelope, total, kept, found)


def of_years():
    columns = {f"summed_{total}": summed(*figure) for total, figure in OF_YEAR.items()}
    rows = Entry.objects.order_by().exclude(payable_in=None).values("envelope", "payable_in")
    by_year = {(row["envelope"], row["payable_in"]): row for row in rows.annotate(**columns)}
    kept = {(credit.envelope_id, credit.year): credit for credit in PaymentCredit.objects.all()}
    envelopes = Envelope.objects.select_related("programme").in_bulk()
    for key in sorted(by_year.keys() | kept.keys()):
        for total in OF_YEAR:
            written = getattr(kept.get(key), total, Decimal(0))
            found = by_year.get(key, {}).get(f"summed_{total}", Decimal(0))
            if written != found:
                yield Difference(envelopes[key[0]], total, written, found, year=key[1])


def of_transfers():
    """What was given and not received as it was given."""
    lost = Entry.objects.filter(kind__in=GIVING).filter(
        Q(answer=None) | ~Q(answer__amount=-F("amount"))
    )
    for entry in lost.select_related("envelope__programme", "answer"):
        answer = getattr(entry, "answer", None)
        received = answer.amount if answer else Decimal(0)
        yield Difference(entry.envelope, "transfer", -entry.amount, received)
