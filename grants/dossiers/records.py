"""What is kept beside a dossier: who tried to hand it in, and why that was refused."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.core.history import append_only
from grants.dossiers.models import Dossier


class Attempt(models.Model):
    """A submission that was refused: when, by whom, why. Never changed, shown to the funder."""

    class Kind(models.TextChoices):
        LATE = "late", _("Après le délai")
        INCOMPLETE = "incomplete", _("Incomplet")

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
