"""Envelopes and what they hold. Their totals belong to the ledger's trigger."""

from decimal import Decimal

import pghistory
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from grants.core.addresses import address_of
from grants.core.fields import MoneyField, between
from grants.core.money import LARGEST
from grants.funding import guards
from grants.funding import permissions as may
from grants.programmes.models import Programme

FIRST_YEAR, LAST_YEAR = 2000, 2100


@pghistory.track()
class Funder(models.Model):
    """Who else pays for a programme. Without one, credits are the programme's own funder's."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="funders")
    name = models.CharField(_("nom"), max_length=80)

    class Meta:
        verbose_name = _("financeur")
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="funder_once"),
        ]

    def __str__(self):
        return self.name


class EnvelopeQuerySet(models.QuerySet):
    def seen_by(self, user):
        return self.filter(may.SEE.rows(user))

    def for_list(self):
        """The newest year first, parts under their envelope."""
        return self.select_related("programme").order_by(
            "-year", Coalesce("parent__name", "name"), F("parent").asc(nulls_first=True), "name"
        )

    def payable(self, year):
        """With the payment credits of a year, opened and spent."""
        credits = PaymentCredit.objects.filter(envelope=OuterRef("pk"), year=year)
        return self.annotate(
            cp_opened=Subquery(credits.values("opened")),
            cp_paid=Subquery(credits.values("paid")),
        )

    def for_detail(self):
        return self.select_related("programme", "parent")

    def of_call(self, call):
        return self.filter(programme=call.programme_id, year=call.year)


class Envelope(models.Model):
    """The commitment credits of a programme for a year. Its three totals belong to the trigger."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="envelopes")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    year = models.PositiveIntegerField(_("exercice"))
    name = models.CharField(_("intitulé"), max_length=120)
    voted_reference = models.CharField(_("acte budgétaire"), max_length=150, blank=True)
    endowed = MoneyField(_("crédits"), default=0, editable=False)
    committed = MoneyField(_("engagé"), default=0, editable=False)
    paid = MoneyField(_("payé"), default=0, editable=False)

    objects = EnvelopeQuerySet.as_manager()

    class Meta:
        verbose_name = _("enveloppe")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year", "name"], name="envelope_once_a_year"
            ),
            # The upper bounds also refuse NaN, which PostgreSQL sorts above every number.
            models.CheckConstraint(
                name="envelope_never_overcommitted",
                condition=Q(paid__gte=0, paid__lte=F("committed"))
                & Q(committed__gte=0, committed__lte=F("endowed"))
                & between("endowed", 0, LARGEST),
            ),
        ]
        triggers = [guards.ENVELOPE_TOTALS, guards.ENVELOPE_PLACE]

    def __str__(self):
        return f"{self.name} {self.year}"

    def get_absolute_url(self):
        return address_of("funding:envelope", self.pk)

    @property
    def left(self):
        """What can still be committed, in euros."""
        return self.endowed - self.committed


class PaymentCredit(models.Model):
    """What an envelope may pay in a year (CP), and what it has paid: kept by the ledger."""

    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="credits")
    year = models.PositiveIntegerField(_("exercice"))
    opened = MoneyField(_("CP ouverts"), default=0, editable=False)
    paid = MoneyField(_("CP payés"), default=0, editable=False)

    class Meta:
        verbose_name = _("crédits de paiement")
        constraints = [
            models.UniqueConstraint(fields=["envelope", "year"], name="payment_credit_once_a_year"),
            models.CheckConstraint(
                name="payment_credit_never_overspent",
                condition=Q(paid__gte=0, paid__lte=F("opened"))
                & between("opened", 0, LARGEST)
                & between("year", FIRST_YEAR, LAST_YEAR),
            ),
        ]
        triggers = [guards.CREDIT_TOTALS]

    def __str__(self):
        return f"{self.envelope_id} {self.year}"

    @property
    def left(self) -> Decimal:
        return self.opened - self.paid


pghistory.track(exclude=["endowed", "committed", "paid"])(Envelope)
