from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.history import append_only
from grants.dossiers.models import Dossier, Submission


class HandedCopy(models.Model):
    """A communicable copy that left: to whom, of which deposit, by whom, with its digest."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="handed_copies")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(_("personne qui demande"), max_length=200)
    masked = models.PositiveIntegerField(_("réponses occultées"))
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="handed_copy_names_somebody", condition=~Q(recipient="")),
        ]
        triggers = [append_only("handed_copy_append_only")]

    def __str__(self):
        return f"{self.dossier} · {self.recipient}"
