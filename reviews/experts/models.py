import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.dossiers.models import Dossier
from grants.programmes.models import Call, Theme
from reviews.experts import permissions as may


@pghistory.track()
class Expert(models.Model):
    """Somebody who reviews; never known to applicants."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="expert"
    )
    organisation = models.CharField(_("organisme"), max_length=150)
    siren = models.CharField(_("SIREN de l’organisme"), max_length=9, blank=True)
    title = models.CharField(_("fonction"), max_length=150, blank=True)
    biography = models.TextField(_("parcours"), blank=True)
    address = models.CharField(_("adresse professionnelle"), max_length=200, blank=True)
    city = models.CharField(_("commune"), max_length=100, blank=True)
    laboratory = models.CharField(_("laboratoire"), max_length=200, blank=True)
    incubator = models.CharField(_("incubateur ou accélérateur"), max_length=200, blank=True)
    languages = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    departments = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    # Set when what links are looked for in has changed, cleared once they have been.
    links_due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("expert")

    def __str__(self):
        return str(self.user)


@pghistory.track()
class Expertise(models.Model):
    """How well an expert knows a theme."""

    class Level(models.IntegerChoices):
        NOTIONS = 1, _("Notions")
        SOLID = 2, _("Solide")
        REFERENCE = 3, _("Référence")

    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="expertise")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["expert", "theme"], name="expertise_once"),
            models.CheckConstraint(
                name="expertise_level_known", condition=Q(level__gte=1, level__lte=3)
            ),
        ]

    def __str__(self):
        return f"{self.theme} · {self.get_level_display()}"


class SeatQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(may.SIGN.rows(user))

    def kept_by(self, user):
        return self.filter(may.KEEP_POOL.rows(user))

    def usable(self):
        """Those who may be given dossiers."""
        return self.filter(
            undertaking_signed_at__isnull=False,
            declined_at=None,
            expert__user__is_active=True,
            call__state__in=may.LASTING,
        )


@pghistory.track()
class Seat(models.Model):
    """An expert's place in the pool of one call; no dossier shows before the undertaking."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="seats")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="seats")
    capacity = models.PositiveSmallIntegerField(_("dossiers au plus"), default=12)
    invited_at = models.DateTimeField(default=timezone.now)
    undertaking_signed_at = models.DateTimeField(_("engagement signé le"), null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_because = models.CharField(max_length=500, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "expert"], name="seat_once"),
            models.CheckConstraint(
                name="seat_declined_for_a_reason",
                condition=Q(declined_at=None, declined_because="")
                | (Q(declined_at__isnull=False) & ~Q(declined_because="")),
            ),
        ]

    def __str__(self):
        return f"{self.expert} · {self.call}"

    @property
    def state(self):
        """`invited`, `signed` or `declined`: what the stamps say."""
        return standing_of(self.undertaking_signed_at, self.declined_at)[0]

    @property
    def state_label(self):
        return standing_of(self.undertaking_signed_at, self.declined_at)[1]


def standing_of(signed_at, declined_at):
    """What the stamps of a seat say: a state and the words for it."""
    if declined_at:
        return "declined", _("Invitation déclinée")
    if signed_at:
        return "signed", _("Engagement signé")
    return "invited", _("Invitation envoyée")


@pghistory.track()
class Interest(models.Model):
    """A declaration for one dossier: no link, or a conflict. A conflict closes the dossier."""

    class Kind(models.TextChoices):
        NONE = "none", _("Aucun lien")
        EMPLOYMENT = "employment", _("Emploi, mandat ou parts dans l’entreprise ou son groupe")
        FAMILY = "family", _("Lien familial ou amical proche")
        COLLABORATION = "collaboration", _("Collaboration ou publication commune récente")
        COMPETITION = "competition", _("Concurrence directe")
        OTHER = "other", _("Autre lien")

    class Origin(models.TextChoices):
        DECLARED = "declared", _("Déclaré par l’expert")
        OFFICER = "officer", _("Signalé par l’instruction")
        DETECTED = "detected", _("Repéré par la plateforme")

    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="interests")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="interests")
    kind = models.CharField(_("nature du lien"), max_length=20, choices=Kind)
    text = models.CharField(_("précisions"), max_length=500, blank=True)
    # Why an officer knows of it; what experts declare themselves needs no other reason.
    because = models.CharField(_("motif du signalement"), max_length=500, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.DECLARED)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    declared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("déclaration d’intérêts")
        constraints = [models.UniqueConstraint(fields=["expert", "dossier"], name="interest_once")]
        triggers = [
            # Both sides lock the pair, then look at the other table: no race lets both stand.
            pgtrigger.Trigger(
                name="no_conflict_with_an_assignment",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=~pgtrigger.Q(new__kind="none"),
                func="""
                    PERFORM pg_advisory_xact_lock(NEW.dossier_id::int, NEW.expert_id::int);
                    IF EXISTS (SELECT 1 FROM reviews_assignment WHERE state = 'active'
                               AND dossier_id = NEW.dossier_id AND expert_id = NEW.expert_id) THEN
                        RAISE EXCEPTION 'no_conflict_with_an_assignment: assigned to this dossier'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return f"{self.expert} · {self.dossier} · {self.get_kind_display()}"

    @property
    def is_conflict(self):
        return self.kind != self.Kind.NONE
