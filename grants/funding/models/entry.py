"""The ledger: entries are the only truth, totals are kept by the database."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Sum, Value, When, Window
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.fields import MoneyField, between
from grants.core.history import append_only
from grants.core.money import LARGEST
from grants.funding import guards
from grants.funding import postings as books
from grants.funding.models.envelope import FIRST_YEAR, LAST_YEAR, Envelope, Funder


def account(side):
    """The account that a kind of entry credits (0) or debits (1), worked out by PostgreSQL."""
    sides = [
        When(kind=kind.value, then=Value(pair[side].value)) for kind, pair in books.POSTINGS.items()
    ]
    return models.GeneratedField(
        expression=Case(*sides),
        output_field=models.CharField(max_length=20, choices=books.Account),
        db_persist=True,
    )


# What a ledger shows of an entry and, of a transfer, of its other leg.
SHOWN = [
    *("envelope", "kind", "amount", "reason", "reference", "acted_on", "payable_in"),
    *("actor__full_name", "actor__email", "funder__name"),
]
LEG = ["envelope__name", "envelope__year", "payable_in"]


class EntryQuerySet(models.QuerySet):
    def behind(self, figure, year=None, funder=None):
        """The entries whose sum is this figure, of one year of payment or one funder if given."""
        kinds, _sign = books.FIGURES[figure]
        found = self.filter(kind__in=kinds)
        if year is not None:
            found = found.filter(payable_in=year)
        return found if funder is None else found.filter(funder=funder or None)

    def until(self, day):
        """Acts dated up to and including this day."""
        return self.filter(acted_on__lte=day)

    def for_ledger(self, figure="left"):
        """Newest first, each with the figure as it stood after it."""
        kinds, sign = books.FIGURES[figure]
        moved = Case(
            When(kind__in=kinds, then=F("amount") * sign),
            default=Value(0),
            output_field=MoneyField(),
        )
        return (
            self.select_related("actor", "funder", "source__envelope", "answer__envelope")
            .only(*SHOWN, *(f"{leg}__{column}" for leg in ("source", "answer") for column in LEG))
            .annotate(running=Window(Sum(moved), order_by=F("pk").asc()))
            .order_by("-pk")
        )

    def moved(self):
        """What went from an account to another, summed: (credited, debited, year, funder's key and
        name, amount)."""
        apart = ["credit", "debit", "payable_in", "funder", "funder__name"]
        return self.order_by().values_list(*apart).annotate(Sum("amount"))


class Entry(models.Model):
    """One movement of money. Never changed: a mistake is corrected by the opposite entry."""

    Kind = books.Kind

    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=books.Kind)
    amount = MoneyField(_("montant"))
    credit = account(0)
    debit = account(1)
    reason = models.CharField(_("motif"), max_length=250)
    reference = models.CharField(_("référence"), max_length=60, blank=True)
    acted_on = models.DateField(_("date de l’acte"), default=timezone.localdate, db_default=Now())
    payable_in = models.PositiveIntegerField(_("exercice de paiement"), null=True, blank=True)
    funder = models.ForeignKey(
        Funder, on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    commitment = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="movements"
    )
    source = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="answer"
    )
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("écriture")
        constraints = [
            models.CheckConstraint(
                name="entry_sign_follows_kind",
                condition=Q(kind__in=books.ADDING, amount__gt=0, amount__lte=LARGEST)
                | Q(kind__in=books.TAKING, amount__lt=0, amount__gte=-LARGEST),
            ),
            models.CheckConstraint(
                name="entry_follows_its_commitment",
                condition=Q(kind__in=books.OF_COMMITMENT, commitment__isnull=False)
                | (~Q(kind__in=books.OF_COMMITMENT) & Q(commitment=None)),
            ),
            models.CheckConstraint(
                name="entry_received_has_a_source",
                condition=Q(kind__in=books.RECEIVING, source__isnull=False)
                | (~Q(kind__in=books.RECEIVING) & Q(source=None)),
            ),
            models.CheckConstraint(
                name="entry_payable_in_a_year",
                condition=(
                    Q(kind__in=books.OF_YEAR)
                    & between("payable_in", FIRST_YEAR, LAST_YEAR)
                    & Q(payable_in__isnull=False)
                )
                | (~Q(kind__in=books.OF_YEAR) & Q(payable_in=None)),
            ),
            models.CheckConstraint(
                name="entry_funder_funds",
                condition=Q(funder=None) | Q(kind__in=books.OF_FUNDERS),
            ),
            models.UniqueConstraint(
                name="entry_act_once",
                fields=[
                    *("envelope", "kind", "amount", "reference"),
                    *("acted_on", "funder", "payable_in"),
                ],
                condition=Q(kind__in=books.ACTS) & ~Q(reference=""),
                nulls_distinct=False,
            ),
        ]
        triggers = [
            append_only("entry_append_only"),
            guards.ENTRY_YEAR,
            guards.ENTRY_TOTALS,
            guards.ENTRY_COMMITMENT,
            guards.ENTRY_RECEIVED,
            guards.ENTRY_GIVEN,
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.amount} €"

    @property
    def other_place(self):
        """Who brought it, or where a transfer goes or comes from: an envelope, or another year."""
        if self.kind in books.OF_FUNDERS:
            return str(self.funder or self.envelope.programme.funder)
        if self.kind in books.RECEIVING:
            other = self.source
        elif self.kind in books.GIVING:
            other = self.answer
        else:
            return ""
        place = other.envelope if other.envelope_id != self.envelope_id else other.payable_in
        return f"→ {place}" if self.kind in books.GIVING else f"← {place}"


class PlannedPayment(models.Model):
    """What a commitment is expected to cost in a year. A forecast: it may be written anew."""

    commitment = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="planned")
    year = models.PositiveIntegerField(_("exercice"))
    amount = MoneyField(_("montant"))

    class Meta:
        verbose_name = _("paiement prévu")
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "year"], name="planned_once_a_year"),
            models.CheckConstraint(
                name="planned_payment_is_an_amount",
                condition=Q(amount__gt=0, amount__lte=LARGEST)
                & between("year", FIRST_YEAR, LAST_YEAR),
            ),
        ]

    def __str__(self):
        return f"{self.year} : {self.amount} €"


pghistory.track()(PlannedPayment)
