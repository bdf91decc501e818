"""What became of every file that was sent: refused at the door, waiting for its scan, scanned."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.history import append_only
from grants.dossiers.models import Document, Dossier


class ScanQuerySet(models.QuerySet):
    def waiting(self, at):
        return self.filter(outcome=Scan.Outcome.PENDING, next_attempt_at__lte=at).order_by("pk")


@pghistory.track(exclude=["attempts", "next_attempt_at"])
class Scan(models.Model):
    """What the antivirus says of one file. Beside the document, which freezes with its dossier."""

    class Outcome(models.TextChoices):
        PENDING = "pending", _("Analyse en attente")
        CLEAN = "clean", _("Saine")
        INFECTED = "infected", _("En quarantaine")

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="scan")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.PENDING)
    signature = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True, default=timezone.now)

    objects = ScanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="scan_outcome_has_its_time_and_reason",
                condition=Q(outcome="pending", checked_at=None, signature="")
                | Q(outcome="clean", checked_at__isnull=False, signature="")
                | (Q(outcome="infected", checked_at__isnull=False) & ~Q(signature="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=Q(outcome="pending"), name="scan_waiting"
            )
        ]
        triggers = [
            pgtrigger.FSM(
                name="scan_is_said_once",
                field="outcome",
                transitions=[("pending", "clean"), ("pending", "infected")],
            )
        ]

    def __str__(self):
        return f"{self.document} · {self.outcome}"


class RefusedUpload(models.Model):
    """A file we did not take: when, how large, and why. Its authors can read it; it proves."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="refused_uploads")
    key = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=400)
    refused_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        triggers = [append_only("refused_upload_append_only")]

    def __str__(self):
        return f"{self.name} · {self.refused_at}"
