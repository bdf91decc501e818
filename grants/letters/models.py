"""Templates by version, letters as they were made, their first reading, what could not be made."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.history import append_only
from grants.decisions.models import Decision
from grants.dossiers.models import Dossier
from grants.dossiers.states import State
from grants.letters.kinds import KIND, Kind
from grants.programmes.models import Programme

PAUSE = timedelta(hours=1)


class LetterTemplate(models.Model):
    """One version of one letter of a programme; the highest is the one in use."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="letter_templates"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    version = models.PositiveIntegerField()
    subject = models.CharField(_("objet"), max_length=150)
    body = models.TextField(_("corps de la lettre"), max_length=6000)
    remedies = models.TextField(_("voies et délais de recours"), max_length=3000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "version"], name="letter_template_version_once"
            ),
            models.CheckConstraint(
                name="letter_template_is_whole",
                condition=~Q(subject="") & ~Q(body="") & ~Q(remedies=""),
            ),
        ]
        triggers = [append_only("letter_template_append_only")]

    def __str__(self):
        return f"{self.get_kind_display()} · version {self.version}"


class LetterQuerySet(models.QuerySet):
    def seen_by(self, user):
        return self.filter(decision__dossier__in=Dossier.objects.seen_by(user))


class DecisionLetter(models.Model):
    """The PDF that was sent, kept as it was; a dossier promoted later receives another one."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=10, choices=Kind)
    template = models.ForeignKey(LetterTemplate, on_delete=models.PROTECT, related_name="letters")
    content = models.JSONField(_("texte"))
    file = models.FileField(max_length=200)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "kind"], name="letter_once_of_a_kind"),
        ]
        triggers = [append_only("letter_append_only")]

    def __str__(self):
        return f"Lettre · {self.decision}"

    @property
    def opened(self):
        """The first reading, or None."""
        return getattr(self, "reading", None)


class FirstReading(models.Model):
    """Who of the company opened a letter first; the delays of appeal run from that hour."""

    letter = models.OneToOneField(DecisionLetter, on_delete=models.PROTECT, related_name="reading")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        triggers = [append_only("first_reading_append_only")]

    def __str__(self):
        return f"{self.letter} · {self.reader}"


class LetterFailure(models.Model):
    """A letter that could not be made, and why; it is tried again."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="letter_failures")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        triggers = [append_only("letter_failure_append_only")]

    def __str__(self):
        return f"{self.decision} : {self.reason}"


def awaited():
    """Announced decisions whose letter is not made."""
    made = DecisionLetter.objects.filter(decision=OuterRef("pk"), kind=OuterRef("letter_kind"))
    decisions = Decision.objects.announced().exclude(dossier__state=State.WITHDRAWN)
    return decisions.annotate(letter_kind=KIND).filter(~Exists(made))


def to_sweep(now):
    """Those the sweep tries: one that just failed is left alone for an hour."""
    failed = LetterFailure.objects.filter(decision=OuterRef("pk"), at__gt=now - PAUSE)
    return awaited().filter(~Exists(failed))
