"""What is kept beside a dossier: who looks after a section, signed off, tried, was let in late."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.history import append_only
from grants.dossiers import guards
from grants.dossiers.models import Dossier


@pghistory.track()
class SectionCare(models.Model):
    """Who a section is entrusted to, and when somebody marked it complete."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="cares")
    section = models.CharField(max_length=60)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    completed_at = models.DateTimeField(null=True)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "section"], name="care_once_per_section"),
            models.CheckConstraint(
                name="care_completed_by_somebody",
                condition=Q(completed_at=None, completed_by=None)
                | Q(completed_at__isnull=False, completed_by__isnull=False),
            ),
        ]
        triggers = [guards.frozen_with_dossier("care_frozen")]

    def __str__(self):
        return f"{self.dossier} · {self.section}"


@pghistory.track()
class SignOff(models.Model):
    """The legal representative agreed to exactly this content; any change of it ends that."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="sign_offs")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(default=timezone.now)
    title = models.CharField(_("qualité"), max_length=80)
    sha256 = models.CharField(max_length=64)
    # Written by the database alone, in the transaction that changes the content.
    voided_at = models.DateTimeField(null=True, blank=True)
    # The funder revised the form: nobody in the company changed anything.
    voided_by_form = models.BooleanField(default=False)

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="sign_off_sha256_is_hex", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(voided_at=None), name="sign_off_one_standing"
            ),
            models.CheckConstraint(
                name="sign_off_ended_by_the_form_has_ended",
                condition=Q(voided_by_form=False) | Q(voided_at__isnull=False),
            ),
        ]
        triggers = [
            guards.frozen_with_dossier("sign_off_frozen"),
            guards.BY_A_REPRESENTATIVE,
            guards.ENDS_ONCE,
        ]

    def __str__(self):
        return f"{self.signed_by}, {self.title}"


class Attempt(models.Model):
    """A submission that was refused: when, by whom, why. Never changed, shown to the funder."""

    class Kind(models.TextChoices):
        LATE = "late", _("Après le délai")
        INCOMPLETE = "incomplete", _("Incomplet")
        UNSIGNED = "unsigned", _("Sans l’accord demandé")

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    told = models.CharField(_("réponse donnée"), max_length=400)
    questions = models.JSONField(default=list)

    class Meta:
        ordering = ["at", "pk"]
        triggers = [append_only("attempt_append_only")]

    def __str__(self):
        return f"{self.dossier} · {self.get_kind_display()}"


class LateAccess(models.Model):
    """A later date for one dossier, or its withdrawal (no date): named, dated, reasoned, kept."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="late_accesses")
    until = models.DateTimeField(_("jusqu’au"), null=True)
    reason = models.CharField(_("motif"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="late_access_ends_later", condition=Q(until=None) | Q(until__gt=F("at"))
            ),
            models.CheckConstraint(name="late_access_has_reason", condition=~Q(reason="")),
        ]
        triggers = [append_only("late_access_append_only"), guards.LATE_ACCESS_TO_A_DRAFT]

    def __str__(self):
        return f"{self.dossier} · {self.until}"
