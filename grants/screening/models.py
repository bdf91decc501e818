from datetime import timedelta

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.addresses import address_of
from grants.dossiers.models import Dossier
from grants.programmes.models import Programme
from grants.screening.clock import RESTART, SUSPEND


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

    class Effect(models.TextChoices):
        RESTART = RESTART, _("Dossier incomplet : le délai repart de zéro à la réception")
        SUSPEND = SUSPEND, _("Simple précision : le délai est suspendu jusqu’à la réponse")

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="requests")
    message = models.TextField(_("message à l’entreprise"))
    questions = models.JSONField(_("questions à reprendre"), default=list)
    # What is missing, question by question: key → sentence, written to the company.
    notes = models.JSONField(default=dict, blank=True)
    effect = models.CharField(max_length=10, choices=Effect, default=Effect.RESTART)
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


@pghistory.track()
class Charge(models.Model):
    """The officer a dossier is entrusted to; giving it to another one replaces the row."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="charge")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="charges"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.dossier} · {self.officer}"


@pghistory.track()
class Tag(models.Model):
    """A word the team of a programme sorts its dossiers with; applicants never see it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="tags")
    key = models.CharField(max_length=40)
    name = models.CharField(_("étiquette"), max_length=40)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="tag_key_once")]

    def __str__(self):
        return self.name


@pghistory.track()
class Tagging(models.Model):
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="taggings")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="taggings")
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    put_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "tag"], name="tagging_once"),
        ]

    def __str__(self):
        return f"{self.dossier} · {self.tag}"


class SavedViewQuerySet(models.QuerySet):
    def seen_by(self, user):
        """One's own, and those shared with the teams one serves in."""
        teams = user.duties.filter(ended_at=None).values("programme")
        return self.filter(Q(owner=user) | Q(programme__in=teams))


class SavedView(models.Model):
    """A search kept under a name: one's own, or shared with the team of a programme."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_views"
    )
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("nom de la vue"), max_length=60)
    query = models.CharField(max_length=300, blank=True)
    sort = models.CharField(max_length=20, blank=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="saved_view_name_once",
                violation_error_message=_("Vous avez déjà une vue de ce nom."),
            )
        ]

    def __str__(self):
        return self.name


class QueueChoice(models.Model):
    """How somebody reads the queue: its columns in order, and whether a preview stands beside."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="queue_choice"
    )
    columns = models.JSONField(default=list)
    has_pane = models.BooleanField(default=False)

    def __str__(self):
        return ", ".join(self.columns)


class ExportQuerySet(models.QuerySet):
    def seen_by(self, user):
        """Whoever asked for a file fetches it, nobody else."""
        return self.filter(owner=user)

    def unmade(self, at):
        """What a lost message left waiting."""
        return self.filter(state=Export.State.WAITING, asked_at__lt=at - timedelta(seconds=30))

    def stale(self, at):
        return self.filter(asked_at__lt=at - KEPT_FOR).exclude(file="")


KEPT_FOR = timedelta(hours=24)


@pghistory.track(exclude=["total", "done"])
class Export(models.Model):
    """The queue as a file, prepared in the background for the person who asked."""

    class State(models.TextChoices):
        WAITING = "waiting", _("En attente")
        DOING = "doing", _("En préparation")
        DONE = "done", _("Prêt")
        FAILED = "failed", _("Échec")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    query = models.CharField(max_length=300, blank=True)
    sort = models.CharField(max_length=20)
    columns = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    file = models.FileField(max_length=200, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="export_done_has_its_file", condition=~Q(state="done") | ~Q(file="")
            )
        ]

    def __str__(self):
        return f"{self.owner} · {self.query}"

    def get_absolute_url(self):
        return address_of("screening:export", self.pk)
