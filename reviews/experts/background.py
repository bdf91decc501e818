"""What an expert knows in detail, and the companies they are or were bound to."""

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from grants.programmes.models import Theme
from reviews.experts.models import Expert, Expertise


@pghistory.track()
class Subtopic(models.Model):
    """A part of a theme in the expert's own words, with a level of its own."""

    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="subtopics")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("sous-thème"), max_length=80)
    level = models.PositiveSmallIntegerField(_("niveau"), choices=Expertise.Level)

    class Meta:
        ordering = ["theme", "-level", "name"]
        constraints = [
            models.UniqueConstraint("expert", "theme", Lower("name"), name="subtopic_once"),
            models.CheckConstraint(
                name="subtopic_level_known", condition=Q(level__gte=1, level__lte=3)
            ),
        ]

    def __str__(self):
        return self.name


@pghistory.track()
class Tie(models.Model):
    """A company or body an expert is bound to, or was: five years after leaving it, no more."""

    class Kind(models.TextChoices):
        FORMER = "former", _("Ancien employeur")
        MANDATE = "mandate", _("Mandat")
        SHARES = "shares", _("Parts ou actions")

    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="ties")
    kind = models.CharField(_("nature"), max_length=10, choices=Kind)
    name = models.CharField(_("société ou organisme"), max_length=150)
    siren = models.CharField(_("SIREN"), max_length=9, blank=True)
    until = models.PositiveSmallIntegerField(_("jusqu’en"), null=True, blank=True)

    class Meta:
        ordering = ["kind", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="tie_siren_or_none", condition=Q(siren__regex=r"^(\d{9})?$")
            ),
            models.CheckConstraint(
                name="tie_until_a_year",
                condition=Q(until=None) | Q(until__gte=1950, until__lte=2100),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.name}"
