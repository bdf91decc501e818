"""What a call judges by: its criteria, frozen when it is published."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from grants.programmes.models import Call


# Publishing a call freezes its criteria and its scale: the database refuses any later change.
def frozen_with_call(name, *calls):
    """A trigger refusing changes to rows of a published call, moves into or out of it included."""
    of_row = ", ".join(calls or ("OLD.call_id", "NEW.call_id"))
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("call_state", "varchar")],
        func=f"""
            FOR call_state IN SELECT state FROM grants_call WHERE id IN ({of_row}) FOR SHARE LOOP
                IF call_state <> 'draft' THEN
                    RAISE EXCEPTION '{name}: a published call keeps its criteria'
                    USING ERRCODE = 'check_violation';
                END IF;
            END LOOP;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,  # noqa: S608 - built from our own names only
    )


@pghistory.track()
class Criterion(models.Model):
    """What reviewers score, how much it weighs, and what each score means in words."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="criteria")
    key = models.SlugField()
    # Sub-criteria of one criterion share its name here and stand together; they carry its weight.
    heading = models.CharField(_("critère d’ensemble"), max_length=80, blank=True)
    name = models.CharField(_("critère"), max_length=80)
    guidance = models.TextField(_("ce que l’on regarde"))
    weight = models.DecimalField(_("poids"), max_digits=5, decimal_places=2)
    rank = models.PositiveSmallIntegerField(default=0)
    anchors = models.JSONField(
        _("sens de chaque note"),
        default=list,
        help_text=_("Une phrase par note, de 0 à la note maximale."),
    )
    threshold = models.DecimalField(
        _("note minimale sur ce critère"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    comment_required = models.BooleanField(_("commentaire obligatoire"), default=True)

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "key"], name="criterion_key_once"),
            # At the end of the transaction: two criteria may exchange their names.
            models.UniqueConstraint(
                fields=["call", "name"], name="criterion_name_once", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                name="criterion_weight_positive", condition=Q(weight__gt=0, weight__lte=100)
            ),
            models.CheckConstraint(
                name="criterion_threshold_on_scale",
                condition=Q(threshold=None) | Q(threshold__gte=0, threshold__lte=10),
            ),
        ]
        triggers = [frozen_with_call("criterion_frozen")]

    def __str__(self):
        return self.name
