from django.conf import settings
from django.db import models
from django.db.models import F, Q

from grants.core.history import append_only
from grants.dossiers import guards
from grants.dossiers.models.dossier import Dossier


class Submission(models.Model):
    """A dossier as it was handed in: the exact content, its digest, its receipt. Never changed."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="submissions")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    deadline_at = models.DateTimeField()
    # Whoever represents the company agreed to this very content; kept in it too.
    sign_off = models.ForeignKey(
        "grants.SignOff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "version"], name="submission_version_once"),
            # A first submission is in time; a completion answers a request and has its own date.
            models.CheckConstraint(
                name="submission_before_its_deadline", condition=Q(at__lte=F("deadline_at"))
            ),
        ]
        triggers = [
            append_only("submission_append_only"),
            guards.DEADLINE_GRANTED,
            guards.SUBMISSION_SIGNED_OFF,
        ]

    def __str__(self):
        return f"{self.dossier} · v{self.version}"

    @property
    def agreed(self):
        """Who signed this content off, in what quality and when; None when nobody had to."""
        return self.content.get("sign_off")
