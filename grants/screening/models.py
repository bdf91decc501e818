import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.dossiers.models import Dossier


@pghistory.track()
class Check(models.Model):
    """One line of the officer's checklist."""

    class Outcome(models.TextChoices):
        MET = "met", _("Conforme")
        NOT_MET = "not_met", _("Non conforme")
        NOT_APPLICABLE = "not_applicable", _("Sans objet")

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="checks")
    key = models.SlugField()
    outcome = models.CharField(max_length=20, choices=Outcome)
    note = models.CharField(_("remarque"), max_length=500, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "key"], name="check_once")]

    def __str__(self):
        return f"{self.key} · {self.get_outcome_display()}"


@pghistory.track()
class CompletionRequest(models.Model):
    """What an officer asked the applicant to complete, and until when."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="requests")
    message = models.TextField(_("message à l’entreprise"))
    questions = models.JSONField(_("questions à reprendre"), default=list)
    due_at = models.DateTimeField(_("réponse attendue le"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(answered_at=None),
                name="completion_one_open_at_a_time",
            ),
            models.CheckConstraint(
                name="completion_leaves_time", condition=Q(due_at__gt=F("asked_at"))
            ),
        ]

    def __str__(self):
        return f"{self.dossier} · {self.asked_at:%d/%m/%Y}"
