import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.history import append_only
from grants.dossiers.models import Dossier


class Message(models.Model):
    """What the funder and the company write to each other; never changed afterwards."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_from_funder = models.BooleanField()
    text = models.TextField(_("message"))
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        triggers = [append_only("message_append_only")]

    def __str__(self):
        return f"{self.dossier} · {self.at:%d/%m/%Y}"


class Note(models.Model):
    """A note between the people of the programme; no page, mail or file of others shows it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("note interne"))
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        triggers = [append_only("note_append_only")]

    def __str__(self):
        return f"{self.dossier} · {self.at:%d/%m/%Y}"


@pghistory.track(exclude=["digest"])
class Opinion(models.Model):
    """One opinion asked from somebody outside: a link to this dossier alone, for some days.

    Of the link only its digest is kept: who reads the database cannot open it.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="opinions")
    expert_name = models.CharField(_("prénom et nom"), max_length=120)
    email = models.EmailField(_("adresse électronique"))
    question = models.TextField(_("question posée"))
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(_("réponse attendue avant le"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    undertaken_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("avis"), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="opinion_expires_after_it_was_asked", condition=Q(expires_at__gt=F("asked_at"))
            ),
            models.CheckConstraint(
                name="opinion_answered_under_its_undertaking",
                condition=Q(answered_at=None, answer="")
                | Q(answered_at__isnull=False, undertaken_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.dossier} · {self.expert_name}"

    def is_open(self, at):
        return self.revoked_at is None and self.answered_at is None and at < self.expires_at
