import pghistory
import pgtrigger
from django.contrib.postgres.aggregates import BoolOr
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.programmes.models import Call
from reviews.phases.rights import BY_KEY, RIGHTS


class PhaseQuerySet(models.QuerySet):
    def current(self, at=None):
        at = at or timezone.now()
        return self.filter(opens_at__lte=at, closes_at__gt=at)


@pghistory.track()
class Phase(models.Model):
    """A stretch of the reading of a call, with what it allows. A call without any is read
    independently from the launching of its evaluation to its ranking."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="phases")
    rank = models.PositiveSmallIntegerField()
    name = models.CharField(_("phase"), max_length=80)
    opens_at = models.DateTimeField(_("du"))
    closes_at = models.DateTimeField(_("au"))
    may_score = models.BooleanField(default=False)
    sees_others = models.BooleanField(default=False)
    names_readers = models.BooleanField(default=False)
    may_discuss = models.BooleanField(default=False)
    names_applicants = models.BooleanField(default=True)
    may_decide = models.BooleanField(default=False)
    # The set-up its call was given, for the page that tells it.
    setup = models.CharField(max_length=20)

    objects = PhaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("phase")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["call", "rank"], name="phase_rank_once"),
            models.CheckConstraint(
                name="phase_dates_in_order", condition=Q(opens_at__lt=F("closes_at"))
            ),
            models.CheckConstraint(
                name="phase_discussed_is_seen", condition=Q(may_discuss=False) | Q(sees_others=True)
            ),
        ]
        triggers = [
            # Rights are promised before the first dossier arrives; dates may still be moved.
            pgtrigger.Trigger(
                name="phase_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("call_state", "varchar")],
                func="""
                    SELECT state INTO call_state FROM grants_call
                    WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.call_id ELSE NEW.call_id END
                    FOR SHARE;
                    IF call_state <> 'draft' AND (TG_OP <> 'UPDATE' OR
                        ROW(OLD.call_id, OLD.rank, OLD.name, OLD.may_score, OLD.sees_others,
                            OLD.names_readers, OLD.may_discuss, OLD.names_applicants,
                            OLD.may_decide, OLD.setup)
                        IS DISTINCT FROM
                        ROW(NEW.call_id, NEW.rank, NEW.name, NEW.may_score, NEW.sees_others,
                            NEW.names_readers, NEW.may_discuss, NEW.names_applicants,
                            NEW.may_decide, NEW.setup))
                    THEN RAISE EXCEPTION 'phase_frozen: a published call keeps its phases'
                         USING ERRCODE = 'check_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def rights(self):
        return [right for right in RIGHTS if getattr(self, right.key)]

    @property
    def withheld(self):
        return [right for right in RIGHTS if not getattr(self, right.key)]


def grants(right, path):
    """An expression for rows whose call is under `path`: does it give this right now?

    It says what `may.calls_giving` says, as one sum over the phases: planned in a third of the
    time, on pages that ask it six times. A call without phases has no sum.
    """
    now = Now()
    is_given = Q(opens_at__lte=now, closes_at__gt=now, **{right: True})
    of_call = Phase.objects.filter(call=OuterRef(path)).order_by().values("call")
    given = of_call.annotate(is_given=BoolOr(is_given)).values("is_given")
    return Coalesce(Subquery(given), Value(BY_KEY[right].without_phases))
