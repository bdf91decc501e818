import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.history import HistoryStep
from grants.dossiers.models import Dossier
from grants.programmes.models import Call
from reviews.assignments import permissions as may
from reviews.assignments.flow import FLOW
from reviews.assignments.states import AssignmentState
from reviews.assignments.tally import TRIGGERS as COUNTED
from reviews.experts.models import Expert, Interest
from reviews.phases.models import grants
from reviews.phases.rights import NAME_APPLICANTS


class AssignmentQuerySet(models.QuerySet):
    def seen_by(self, user):
        return self.filter(may.SEE.rows(user))

    def given_to(self, user):
        """Those this reviewer has to answer for, declared or not."""
        return self.filter(may.DECLARE.rows(user))

    def read_by(self, user):
        """Those whose dossier this reviewer may open."""
        return self.filter(may.READ_AS_REVIEWER.rows(user))

    def kept_by(self, user):
        """Those of the programmes this person serves."""
        return self.filter(may.staff.rows(user))

    def active(self):
        return self.filter(state=AssignmentState.ACTIVE)

    def with_progress(self):
        """How far the reading is: link declared, marks given."""
        no_link = Interest.objects.filter(
            expert=OuterRef("expert"), dossier=OuterRef("dossier"), kind=Interest.Kind.NONE
        )
        return self.select_related("evaluation").annotate(
            is_cleared=Exists(no_link),
            marks=Count("evaluation__scores", filter=Q(evaluation__scores__value__isnull=False)),
        )

    def for_desk(self):
        return (
            self.with_progress()
            .select_related(
                "dossier__call__programme", "dossier__theme", "dossier__organisation", "evaluation"
            )
            .annotate(
                names_applicants=grants(NAME_APPLICANTS, "dossier__call"),
                is_stale=Exists(
                    Assignment.objects.filter(
                        pk=OuterRef("pk"),
                        evaluation__scores__flags__isnull=False,
                        evaluation__scores__flags__settled_at=None,
                    )
                ),
            )
            .order_by("due_at", "pk")
        )

    def for_board(self):
        """Everything the officers' page shows of the active readings of a call."""
        return (
            self.active()
            .with_progress()
            .select_related("expert__user", "dossier")
            .order_by("expert__user__plain_name", "pk")
        )


@pghistory.track(exclude=["call", "is_handed_in", "is_held"])
class Assignment(models.Model):
    """One expert reads one dossier, by a day; why this expert is kept with it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="assignments")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="assignments")
    state = models.CharField(max_length=10, choices=AssignmentState, default=AssignmentState.ACTIVE)
    affinity = models.DecimalField(_("affinité"), max_digits=5, decimal_places=4, default=0)
    because = models.CharField(_("pourquoi cet expert"), max_length=300, blank=True)
    due_at = models.DateTimeField(_("à rendre le"))
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    assigned_at = models.DateTimeField(default=timezone.now)
    # Worked out by the database at every change of the row (`tally`), never written here.
    call = models.ForeignKey(
        Call, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )
    is_handed_in = models.BooleanField(default=False, editable=False)
    is_held = models.BooleanField(default=False, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("affectation")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "expert"],
                condition=Q(state="active"),
                name="assignment_once",
            ),
            models.CheckConstraint(
                name="assignment_affinity_is_a_share",
                condition=Q(affinity__gte=0, affinity__lte=1),
            ),
        ]
        indexes = [
            models.Index(
                fields=["call", "expert"], condition=Q(state="active"), name="assignment_by_expert"
            ),
            models.Index(
                fields=["call", "dossier"],
                include=["is_handed_in", "affinity"],
                condition=Q(state="active"),
                name="assignment_by_dossier",
            ),
            models.Index(
                fields=["call", "due_at"],
                condition=Q(state="active", is_handed_in=False, is_held=False),
                name="assignment_awaited",
            ),
        ]
        triggers = [
            *COUNTED,
            pgtrigger.FSM(name="assignment_steps", field="state", transitions=FLOW.pairs()),
            pgtrigger.Trigger(
                name="no_assignment_against_a_conflict",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "dossier_id", "expert_id"),
                condition=pgtrigger.Q(new__state="active"),
                func="""
                    PERFORM pg_advisory_xact_lock(NEW.dossier_id::int, NEW.expert_id::int);
                    IF EXISTS (SELECT 1 FROM reviews_interest WHERE kind <> 'none'
                               AND dossier_id = NEW.dossier_id AND expert_id = NEW.expert_id)
                    OR EXISTS (SELECT 1 FROM reviews_detectedlink WHERE state <> 'lifted'
                               AND dossier_id = NEW.dossier_id AND expert_id = NEW.expert_id) THEN
                        RAISE EXCEPTION 'no_assignment_against_a_conflict: conflict of interest'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.dossier} → {self.expert}"


class AssignmentStep(HistoryStep):
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="history")
