"""On what State-aid basis an award stands, and what lets it stand above its ceiling."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.fields import MoneyField, between
from grants.core.history import append_only
from grants.core.money import LARGEST
from grants.decisions.models.decision import Decision


@pghistory.track()
class AidBasis(models.Model):
    """What the law leaves one dossier, on which text, counting whom; settled at the award."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="basis")
    regime = models.CharField(_("régime"), max_length=20)
    version = models.CharField(_("texte"), max_length=120)
    article = models.CharField(_("article"), max_length=60)
    ceiling = MoneyField(_("plafond"))
    because = models.CharField(_("ce qui fixe le plafond"), max_length=250)
    received = MoneyField(_("aides de minimis déjà reçues par l’entreprise unique"), default=0)
    undertaking = models.JSONField(_("SIREN de l’entreprise unique"), default=list)
    is_innovative = models.BooleanField(_("jeune entreprise innovante"), null=True)
    checked_at = models.DateTimeField(default=timezone.now)
    granted_on = models.DateField(_("date d’octroi"), null=True, blank=True)

    class Meta:
        verbose_name = _("base d’aide d’État")
        constraints = [
            models.CheckConstraint(
                name="aid_basis_amounts_bounded",
                condition=between("ceiling", 0, LARGEST) & between("received", 0, LARGEST),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="aid_basis_kept_once_granted",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__granted_on__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.version}, {self.article}"


@pghistory.track()
class AidException(models.Model):
    """An award above its ceiling: asked for by one person, signed by another, with a reason."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="exception")
    amount = MoneyField(_("montant permis"))
    reason = models.TextField(_("motif"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("dérogation au plafond")
        constraints = [
            models.CheckConstraint(
                name="aid_exception_signed_by_a_second_person",
                condition=Q(signed_by=None, signed_at=None)
                | Q(signed_by__isnull=False, signed_at__isnull=False) & ~Q(signed_by=F("asked_by")),
                violation_error_message=_("La personne qui signe n’est pas celle qui demande."),
            ),
            models.CheckConstraint(
                name="aid_exception_says_why",
                condition=~Q(reason="") & Q(amount__gt=0, amount__lte=LARGEST),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="aid_exception_kept_once_signed",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__signed_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.decision} · {self.amount} €"


class ControlChange(models.Model):
    """Somebody learnt that one company controls another: both are one undertaking since then."""

    siren = models.CharField(_("SIREN de l’entreprise"), max_length=9)
    by_siren = models.CharField(_("SIREN de celle qui la contrôle"), max_length=9)
    since = models.DateField(_("depuis le"))
    source = models.CharField(_("source"), max_length=250)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("changement de contrôle")
        constraints = [
            models.CheckConstraint(
                name="control_change_between_two_sirens",
                condition=Q(siren__regex=r"^\d{9}$", by_siren__regex=r"^\d{9}$")
                & ~Q(siren=F("by_siren")),
            ),
        ]
        triggers = [append_only("control_change_append_only")]

    def __str__(self):
        return f"{self.siren} ← {self.by_siren}"
