"""What officers ask of the proposal: rules of the call and of each place, pairs wanted or not."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.dossiers.models import Dossier
from grants.programmes.models import Call
from reviews.assignments import permissions as may
from reviews.experts.models import Expert, Seat

MOST = 200  # readings of one expert


@pghistory.track()
class AssignmentRules(models.Model):
    """How readers of one dossier may be alike; without a row, one of each organisation."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="assignment_rules")
    per_house = models.PositiveSmallIntegerField(
        _("lecteurs d’un même organisme, au plus"), default=1
    )
    per_profile = models.PositiveSmallIntegerField(
        _("lecteurs d’un même profil, au plus"), null=True, blank=True
    )
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("règles d’affectation")
        constraints = [
            models.CheckConstraint(
                name="assignment_rules_from_one",
                condition=Q(per_house__gte=1) & (Q(per_profile=None) | Q(per_profile__gte=1)),
            )
        ]

    def __str__(self):
        return str(self.call)


def rules_of(call):
    """Those kept for this call, else those every call begins with."""
    return getattr(call, "assignment_rules", None) or AssignmentRules(call=call)


def house_limit(call):
    """How many readers of one organisation a dossier of this call may have."""
    return rules_of(call).per_house


@pghistory.track()
class SeatRule(models.Model):
    """What one expert brings to the mix of this call, and the readings they are promised."""

    class Profile(models.TextChoices):
        RESEARCH = "research", _("Recherche")
        INDUSTRY = "industry", _("Industrie")
        FINANCE = "finance", _("Financement")
        PUBLIC = "public", _("Action publique")

    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="rule")
    least = models.PositiveSmallIntegerField(_("dossiers au moins"), default=0)
    profile = models.CharField(_("profil"), max_length=10, choices=Profile, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="seat_rule_least_is_a_load", condition=Q(least__gte=0, least__lte=MOST)
            )
        ]

    def __str__(self):
        return str(self.seat)


class WishQuerySet(models.QuerySet):
    def kept_by(self, user):
        """Those of the programmes this person serves."""
        return self.filter(may.staff.rows(user))


@pghistory.track()
class Wish(models.Model):
    """A pair an officer wants in every proposal, or in none."""

    class Kind(models.TextChoices):
        WANTED = "wanted", _("Toujours proposer")
        REFUSED = "refused", _("Ne jamais proposer")

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="wishes")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="wishes")
    kind = models.CharField(_("souhait"), max_length=10, choices=Kind)
    reason = models.CharField(_("motif"), max_length=300)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    objects = WishQuerySet.as_manager()

    class Meta:
        verbose_name = _("souhait d’affectation")
        constraints = [
            models.UniqueConstraint(fields=["dossier", "expert"], name="wish_once"),
            models.CheckConstraint(name="wish_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.dossier} · {self.expert} · {self.get_kind_display()}"
