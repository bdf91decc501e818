"""What a dossier holds while it is written: answers and files."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.dossiers import guards
from grants.dossiers.models.dossier import Dossier


@pghistory.track()
class Answer(models.Model):
    """What was typed at one question; `version` tells a second author about the first."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="answers")
    key = models.CharField(max_length=60)
    value = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "key"], name="answer_once")]
        triggers = [
            guards.frozen_with_dossier("answer_frozen"),
            guards.voids_sign_off("answer_voids_sign_off", "value", "key"),
        ]

    def __str__(self):
        return f"{self.dossier} · {self.key}"


class DocumentQuerySet(models.QuerySet):
    def current(self):
        """What the dossier holds today, each file with its scan."""
        return self.filter(removed_at=None).select_related("scan")


@pghistory.track()
class Document(models.Model):
    """A file handed in with a dossier, kept under a generated name, known by its SHA-256."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="documents")
    key = models.CharField(max_length=60)
    name = models.CharField(_("nom du fichier"), max_length=200)
    kind = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(max_length=200)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="document_sha256_is_hex", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="document_size_bounded", condition=Q(size__gte=1, size__lte=26_214_400)
            ),
            models.CheckConstraint(
                name="document_later_version_replaces_one",
                condition=Q(version=1, replaces=None) | Q(version__gt=1, replaces__isnull=False),
            ),
        ]
        triggers = [
            guards.frozen_with_dossier("document_frozen"),
            guards.voids_sign_off("document_voids_sign_off", "removed_at", "sha256", "key"),
        ]

    def __str__(self):
        return self.name

    @property
    def can_be_shown(self):
        """A browser opens it without running anything."""
        return self.kind in {"application/pdf", "image/png", "image/jpeg"}

    @property
    def scan_outcome(self):
        """A file without a scan has not been scanned."""
        scan = getattr(self, "scan", None)
        return "pending" if scan is None else scan.outcome

    @property
    def awaits_scan(self):
        """Nobody but its author opens it; without a scanner nothing is waited for."""
        return bool(settings.CLAMD_ADDRESS) and self.scan_outcome == "pending"

    @property
    def is_infected(self):
        return self.scan_outcome == "infected"
