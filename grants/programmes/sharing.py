"""How a call shares its envelope out: published with the call, kept by the database from then on.

A call without a row shares by the order of the ranking alone.
"""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.fields import MoneyField, between
from grants.core.money import LARGEST
from grants.programmes.criteria import frozen_with_call
from grants.programmes.models import Call, Theme


class SharingMode(models.TextChoices):
    RANK = "rank", _("L’ordre du classement")
    BOUNDS = "bounds", _("L’ordre du classement, sous les planchers et plafonds publiés")
    TIES = "ties", _("L’ordre du classement ; les ex aequo à la limite sont départagés")
    PORTFOLIO = "portfolio", _("Le portefeuille : la plus grande somme de notes")


@pghistory.track()
class SharingRules(models.Model):
    """The mode, and what goes with it. `payment_parts`: per cents of an award paid in the year of
    the call, the next one, and so on."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="sharing")
    mode = models.CharField(
        _("ce qui décide"), max_length=10, choices=SharingMode, default=SharingMode.RANK
    )
    grey_is_tied = models.BooleanField(_("la zone grise vaut ex aequo"), default=False)
    draws = models.BooleanField(_("le sort départage en dernier recours"), default=False)
    max_awards = models.PositiveIntegerField(_("nombre maximal de lauréats"), null=True, blank=True)
    payment_parts = models.JSONField(_("parts payées par exercice"), default=list, blank=True)

    class Meta:
        verbose_name = _("règles de répartition")
        constraints = [
            models.CheckConstraint(
                name="sharing_rules_of_equals",
                condition=Q(mode="ties") | Q(grey_is_tied=False, draws=False),
                violation_error_message=_("Zone grise et tirage ne servent qu’aux ex aequo."),
            ),
        ]
        triggers = [frozen_with_call("sharing_rules_frozen")]

    def __str__(self):
        return self.get_mode_display()


@pghistory.track()
class SharingBound(models.Model):
    """A published floor or cap on what a theme, a department, or one within the other receives."""

    class Kind(models.TextChoices):
        FLOOR = "floor", _("au moins")
        CAP = "cap", _("au plus")

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="sharing_bounds")
    kind = models.CharField(max_length=5, choices=Kind)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, blank=True)
    department = models.CharField(_("département"), max_length=3, blank=True)
    amount = MoneyField(_("montant"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "kind", "theme", "department"],
                nulls_distinct=False,
                name="sharing_bound_once",
                violation_error_message=_("Cette borne est déjà écrite."),
            ),
            models.CheckConstraint(
                name="sharing_bound_names_something",
                condition=(Q(theme__isnull=False) | ~Q(department=""))
                & between("amount", 0, LARGEST),
                violation_error_message=_("Une borne nomme un thème ou un département."),
            ),
        ]
        triggers = [frozen_with_call("sharing_bound_frozen")]

    def __str__(self):
        named = [str(self.theme)] if self.theme_id else []
        named += [self.department] if self.department else []
        return f"{', '.join(named)} : {self.get_kind_display()} {self.amount} €"


@pghistory.track()
class Draw(models.Model):
    """The seed of a call's draw: its digest is published before the ranking, the seed after."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="draw")
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    seed = models.CharField(max_length=100, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    revealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="draw_digest_is_sha256", condition=Q(digest__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="draw_revealed_with_its_hour",
                condition=Q(seed="", revealed_at=None, revealed_by=None)
                | ~Q(seed="") & Q(revealed_at__isnull=False, revealed_by__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="draw_keeps_its_word",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("ranked", "boolean")],
                func="""
                    IF TG_OP = 'DELETE' THEN
                        RAISE EXCEPTION 'draw_keeps_its_word: a published digest stays'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    PERFORM 1 FROM grants_call WHERE id = NEW.call_id FOR SHARE;
                    ranked := EXISTS (SELECT 1 FROM grants_ranking WHERE call_id = NEW.call_id);
                    IF TG_OP = 'INSERT' THEN
                        IF ranked OR NEW.seed <> '' THEN
                            RAISE EXCEPTION 'draw_keeps_its_word: the digest comes first'
                            USING ERRCODE = 'check_violation';
                        END IF;
                    ELSIF OLD.seed <> '' OR NOT ranked
                        OR ROW(OLD.call_id, OLD.digest, OLD.published_at, OLD.published_by_id)
                        IS DISTINCT FROM
                        ROW(NEW.call_id, NEW.digest, NEW.published_at, NEW.published_by_id)
                        OR encode(sha256(convert_to(NEW.seed, 'UTF8')), 'hex') <> NEW.digest THEN
                        RAISE EXCEPTION 'draw_keeps_its_word: not the seed that was announced'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return self.digest
