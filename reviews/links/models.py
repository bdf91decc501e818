import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.history import HistoryStep
from grants.dossiers.models import Dossier
from reviews.experts.models import Expert, Interest
from reviews.links import permissions as may
from reviews.links.flow import FLOW
from reviews.links.states import STANDING, LinkState


class DetectedLinkQuerySet(models.QuerySet):
    def seen_by(self, user):
        return self.filter(may.SEE.rows(user))

    def of_call(self, call):
        return self.filter(dossier__call=call)

    def standing(self):
        return self.filter(state__in=STANDING)

    def for_list(self):
        return (
            self.select_related("expert__user", "dossier__call", "dossier__organisation")
            .defer("expert__biography", "expert__user__password")
            .order_by("-score", "pk")
        )

    def for_detail(self):
        return self.select_related(
            "expert__user", "dossier__call__programme", "dossier__organisation", "settled_by"
        )


@pghistory.track()
class DetectedLink(models.Model):
    """A link the platform sees between an expert and a dossier: kept apart until it is settled."""

    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="detected_links")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="detected_links")
    state = models.CharField(max_length=10, choices=LinkState, default=LinkState.OPEN)
    kind = models.CharField(_("nature du lien"), max_length=20, choices=Interest.Kind)
    evidence = models.JSONField(default=list)
    score = models.DecimalField(max_digits=5, decimal_places=4)
    # The expert had declared to have no link: that word is given back to them if it is lifted.
    was_cleared = models.BooleanField(default=False)
    found_at = models.DateTimeField(default=timezone.now)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)
    settled_because = models.CharField(_("motif"), max_length=500, blank=True)

    objects = DetectedLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("lien repéré")
        constraints = [
            models.UniqueConstraint(fields=["expert", "dossier"], name="detected_link_once"),
            models.CheckConstraint(
                name="detected_link_settled_by_somebody_for_a_reason",
                condition=Q(state="open", settled_by=None, settled_at=None, settled_because="")
                | (
                    Q(state__in=["confirmed", "lifted"])
                    & Q(settled_by__isnull=False, settled_at__isnull=False)
                    & ~Q(settled_because="")
                ),
            ),
            models.CheckConstraint(
                name="detected_link_score_is_a_share", condition=Q(score__gte=0, score__lte=1)
            ),
            models.CheckConstraint(name="detected_link_is_a_conflict", condition=~Q(kind="none")),
        ]
        triggers = [
            pgtrigger.FSM(name="detected_link_steps", field="state", transitions=FLOW.pairs()),
            # The other side of `no_assignment_against_a_conflict`: both lock the pair first.
            pgtrigger.Trigger(
                name="no_standing_link_with_an_assignment",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=~pgtrigger.Q(new__state="lifted"),
                func="""
                    PERFORM pg_advisory_xact_lock(NEW.dossier_id::int, NEW.expert_id::int);
                    IF EXISTS (SELECT 1 FROM reviews_assignment WHERE state = 'active'
                               AND dossier_id = NEW.dossier_id AND expert_id = NEW.expert_id) THEN
                        RAISE EXCEPTION 'no_standing_link_with_an_assignment: dossier assigned'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.expert} · {self.dossier}"


class DetectedLinkStep(HistoryStep):
    detectedlink = models.ForeignKey(DetectedLink, on_delete=models.PROTECT, related_name="history")


class CallLook(models.Model):
    """What a call's companies looked like when links were last looked for."""

    call = models.OneToOneField("grants.Call", on_delete=models.PROTECT, related_name="link_look")
    marks = models.CharField(max_length=200)
    looked_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.call_id} · {self.looked_at}"
