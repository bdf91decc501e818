from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.history import append_only
from grants.decisions.models import Decision


class IssuedFile(models.Model):
    """Somebody took the file of a decision away: who, when, and the digest of what they took."""

    class Kind(models.TextChoices):
        PDF = "pdf", _("PDF")
        JSON = "json", _("JSON")

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="issued_files")
    kind = models.CharField(max_length=4, choices=Kind)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        triggers = [append_only("issued_file_append_only")]

    def __str__(self):
        return f"{self.decision} · {self.get_kind_display()}"
