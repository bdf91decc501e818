"""What is kept beside a dossier: who holds a section, who signed, who tried, who was let in late."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.history import append_only
from grants.dossiers.models import Dossier, frozen_with_dossier


class SectionCare(models.Model):
    """Who holds a section, and when somebody called it complete; a later change undoes that."""

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
        triggers = [frozen_with_dossier("care_frozen")]

    def __str__(self):
        return f"{self.dossier} · {self.section}"


class Signature(models.Model):
    """The legal representative agreed to exactly this content; another content asks for another."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="signatures")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(default=timezone.now)
    quality = models.CharField(_("qualité"), max_length=100)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="signature_sha256_is_hex", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]
        triggers = [append_only("signature_append_only")]

    def __str__(self):
        return f"{self.signed_by}, {self.quality}"


class Attempt(models.Model):
    """A submission that was refused: when, by whom, why. Never changed, shown to the funder."""

    class Kind(models.TextChoices):
        LATE = "late", _("Après le délai")
        INCOMPLETE = "incomplete", _("Incomplet")
        UNSIGNED = "unsigned", _("Sans l’accord du représentant légal")

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
    """A manager lets one dossier in after closing: named, dated, reasoned, never taken back."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="late_accesses")
    until = models.DateTimeField(_("jusqu’au"))
    reason = models.TextField(_("motif"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    granted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["granted_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="late_access_ends_later", condition=Q(until__gt=F("granted_at"))
            ),
            models.CheckConstraint(name="late_access_has_reason", condition=~Q(reason="")),
        ]
        triggers = [append_only("late_access_append_only")]

    def __str__(self):
        return f"{self.dossier} · {self.until}"
