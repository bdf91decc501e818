"""The order of a call as it was received; it never changes."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.history import append_only
from grants.dossiers.models import Dossier
from grants.programmes.models import Call


class Ranking(models.Model):
    """The order of a call as the reviewers handed it over: what a decision rests on."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="ranking")
    method = models.CharField(max_length=12, choices=Call.Method)
    fallback = models.CharField(max_length=300, blank=True)
    threshold = models.DecimalField(max_digits=4, decimal_places=2)
    received_at = models.DateTimeField(default=timezone.now)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    content = models.JSONField(_("calcul complet"))
    sha256 = models.CharField(max_length=64)

    class Meta:
        triggers = [append_only("ranking_append_only")]

    def __str__(self):
        return f"Classement · {self.call}"


class RankLine(models.Model):
    """One dossier of a ranking; scores out of the call's top score."""

    ranking = models.ForeignKey(Ranking, on_delete=models.PROTECT, related_name="lines")
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="rank_line")
    rank = models.PositiveIntegerField()
    score = models.DecimalField(_("note qui classe"), max_digits=6, decimal_places=4)
    raw = models.DecimalField(max_digits=6, decimal_places=4)
    calibrated = models.DecimalField(max_digits=6, decimal_places=4, null=True)
    low = models.DecimalField(max_digits=6, decimal_places=4, null=True)
    high = models.DecimalField(max_digits=6, decimal_places=4, null=True)
    reviews = models.PositiveSmallIntegerField()
    p_funded = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    zone = models.CharField(max_length=10, blank=True)
    by_criterion = models.JSONField(_("moyenne par critère"), default=list)

    class Meta:
        ordering = ["rank"]
        constraints = [models.UniqueConstraint(fields=["ranking", "rank"], name="rank_once")]
        triggers = [append_only("rank_line_append_only")]

    def __str__(self):
        return f"{self.rank}. {self.dossier}"
