"""Envelopes and their ledger. Entries are the only truth; totals are kept by the database."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Sum, Value, When, Window
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.addresses import address_of
from grants.core.fields import MoneyField, between
from grants.core.history import append_only
from grants.core.money import LARGEST
from grants.funding import permissions as may
from grants.programmes.models import Programme


class EnvelopeQuerySet(models.QuerySet):
    def seen_by(self, user):
        return self.filter(may.SEE.rows(user))

    def for_list(self):
        return self.select_related("programme").order_by("-year", "name")

    def of_call(self, call):
        return self.filter(programme=call.programme_id, year=call.year)


class Envelope(models.Model):
    """The commitment credits of a programme for a year. Its three totals belong to the trigger."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="envelopes")
    year = models.PositiveIntegerField(_("exercice"))
    name = models.CharField(_("intitulé"), max_length=120)
    voted_reference = models.CharField(_("acte budgétaire"), max_length=150, blank=True)
    endowed = MoneyField(_("dotation"), default=0, editable=False)
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
        triggers = [
            pgtrigger.Trigger(
                name="envelope_totals_are_the_ledgers",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF TG_OP = 'INSERT' THEN
                        IF NEW.endowed <> 0 OR NEW.committed <> 0 OR NEW.paid <> 0 THEN
                            RAISE EXCEPTION 'envelope_totals: an envelope starts empty'
                            USING ERRCODE = 'check_violation';
                        END IF;
                    ELSIF pg_trigger_depth() < 2 AND
                        ROW(OLD.endowed, OLD.committed, OLD.paid)
                        IS DISTINCT FROM ROW(NEW.endowed, NEW.committed, NEW.paid) THEN
                        RAISE EXCEPTION 'envelope_totals: only ledger entries move totals'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.year}"

    def get_absolute_url(self):
        return address_of("funding:envelope", self.pk)

    @property
    def left(self):
        """What can still be committed, in euros."""
        return self.endowed - self.committed


# The entries behind each figure of an envelope, and the sign that turns their sum into it.
FIGURES = {
    "endowed": (("endowment", "reduction"), 1),
    "committed": (("commitment", "release"), -1),
    "paid": (("payment", "repayment"), -1),
    "left": (("endowment", "reduction", "commitment", "release"), 1),
}


class EntryQuerySet(models.QuerySet):
    def behind(self, figure):
        """The entries whose sum is this figure."""
        kinds, _sign = FIGURES[figure]
        return self.filter(kind__in=kinds)

    def for_ledger(self, figure="left"):
        """Newest first, each with the figure as it stood after it."""
        kinds, sign = FIGURES[figure]
        moved = Case(
            When(kind__in=kinds, then=F("amount") * sign),
            default=Value(0),
            output_field=MoneyField(),
        )
        return (
            self.select_related("actor")
            .annotate(running=Window(Sum(moved), order_by=F("pk").asc()))
            .order_by("-pk")
        )


class Entry(models.Model):
    """One movement of money. Never changed: a mistake is corrected by the opposite entry."""

    class Kind(models.TextChoices):
        ENDOWMENT = "endowment", _("Dotation")
        REDUCTION = "reduction", _("Réduction")
        COMMITMENT = "commitment", _("Engagement")
        RELEASE = "release", _("Dégagement")
        PAYMENT = "payment", _("Paiement")
        REPAYMENT = "repayment", _("Reversement")

    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=Kind)
    amount = MoneyField(_("montant"))
    reason = models.CharField(_("motif"), max_length=250)
    reference = models.CharField(_("référence"), max_length=60, blank=True)
    commitment = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="movements"
    )
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("écriture")
        constraints = [
            models.CheckConstraint(
                name="entry_sign_follows_kind",
                condition=Q(
                    kind__in=["endowment", "release", "repayment"],
                    amount__gt=0,
                    amount__lte=LARGEST,
                )
                | Q(
                    kind__in=["reduction", "commitment", "payment"],
                    amount__lt=0,
                    amount__gte=-LARGEST,
                ),
            ),
            models.CheckConstraint(
                name="entry_follows_its_commitment",
                condition=Q(kind__in=["release", "payment", "repayment"], commitment__isnull=False)
                | Q(kind__in=["endowment", "reduction", "commitment"], commitment=None),
            ),
        ]
        triggers = [
            append_only("entry_append_only"),
            pgtrigger.Trigger(
                name="entry_moves_totals",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="""
                    UPDATE grants_envelope SET
                        endowed = endowed + CASE WHEN NEW.kind IN ('endowment', 'reduction')
                            THEN NEW.amount ELSE 0 END,
                        committed = committed - CASE WHEN NEW.kind IN ('commitment', 'release')
                            THEN NEW.amount ELSE 0 END,
                        paid = paid - CASE WHEN NEW.kind IN ('payment', 'repayment')
                            THEN NEW.amount ELSE 0 END
                    WHERE id = NEW.envelope_id;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="entry_within_its_commitment",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__commitment__isnull=False),
                declare=[("set_aside", "numeric"), ("paid_out", "numeric"), ("home", "bigint")],
                func="""
                    SELECT -amount, envelope_id INTO set_aside, home FROM grants_entry
                    WHERE id = NEW.commitment_id AND kind = 'commitment'
                    FOR NO KEY UPDATE;
                    SELECT set_aside - COALESCE(SUM(amount) FILTER (WHERE kind = 'release'), 0),
                           -COALESCE(SUM(amount) FILTER (WHERE kind IN ('payment', 'repayment')), 0)
                    INTO set_aside, paid_out FROM grants_entry
                    WHERE commitment_id = NEW.commitment_id;
                    IF home IS NULL OR home <> NEW.envelope_id OR paid_out > set_aside
                       OR paid_out < 0 THEN
                        RAISE EXCEPTION 'entry_within_its_commitment: more than was set aside'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.amount} €"


pghistory.track(exclude=["endowed", "committed", "paid"])(Envelope)
