import pghistory
import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.history import HistoryStep
from grants.dossiers.models import Submission
from grants.programmes.criteria import Criterion
from reviews.assignments.models import Assignment
from reviews.assignments.tally import TOUCHED
from reviews.copies.models import copies_under
from reviews.evaluations import permissions as may
from reviews.evaluations.flow import FLOW
from reviews.evaluations.guards import SCORE_IN_PHASE
from reviews.evaluations.states import EvaluationState
from reviews.phases import rights
from reviews.phases.models import grants


class EvaluationQuerySet(models.QuerySet):
    def seen_by(self, user):
        return self.filter(may.SEE.rows(user))

    def written_by(self, user):
        """One's own, while its dossier is open to its author."""
        return self.filter(may.WRITE.rows(user))

    def open_to(self, user):
        """Drafts this reviewer may write now."""
        return self.filter(may.SCORE.rows(user))

    def kept_by(self, user):
        """One's own once handed in, also after its dossier is closed."""
        return self.filter(may.KEEP.rows(user))

    def for_desk(self):
        return self.select_related(
            "assignment__dossier__call__programme",
            "assignment__dossier__organisation",
            "assignment__dossier__theme",
            "assignment__dossier__form",
            "assignment__expert__user",
        )

    def with_phase(self):
        """What the phase of the moment allows on each, and whether a mark of it is to be read
        again, without a query of its own."""
        stale = Score.objects.filter(
            evaluation=OuterRef("pk"), flags__isnull=False, flags__settled_at=None
        )
        return self.annotate(
            is_stale=Exists(stale),
            **{
                key: grants(key, "assignment__dossier__call")
                for key in (
                    rights.SCORE,
                    rights.SEE_OTHERS,
                    rights.DISCUSS,
                    rights.NAME_READERS,
                    rights.NAME_APPLICANTS,
                )
            },
        )

    def for_page(self):
        """What the page beside the dossier shows; `deposit` is the last thing handed in, `copies`
        what readers who may know no name may have of its files."""
        last = Submission.objects.filter(dossier=OuterRef("assignment__dossier"))
        return self.select_related(
            "assignment__dossier__call",
            "assignment__dossier__organisation",
            "assignment__dossier__theme",
        ).annotate(
            deposit=Subquery(last.order_by("-version").values("pk")[:1]),
            copies=copies_under("assignment__dossier"),
        )

    def for_staff(self):
        """Handed-in evaluations with their marks, for the people of the programme."""
        return self.select_related("assignment__expert__user").prefetch_related(
            Prefetch("scores", Score.objects.select_related("criterion")),
            Prefetch("history", EvaluationStep.objects.select_related("actor")),
        )

    def counted(self):
        """Handed in and still assigned: those that make the ranking."""
        return self.filter(state=EvaluationState.SUBMITTED, assignment__state="active")


@pghistory.track()
class Evaluation(models.Model):
    """One reviewer's reading of one dossier."""

    class Confidence(models.IntegerChoices):
        LOW = 1, _("Faible : sujet éloigné du mien")
        MEDIUM = 2, _("Moyenne")
        HIGH = 3, _("Forte : c’est mon domaine")

    assignment = models.OneToOneField(
        Assignment, on_delete=models.PROTECT, related_name="evaluation"
    )
    state = models.CharField(max_length=10, choices=EvaluationState, default=EvaluationState.DRAFT)
    strengths = models.TextField(_("points forts"), blank=True)
    weaknesses = models.TextField(_("points faibles"), blank=True)
    confidence = models.PositiveSmallIntegerField(
        _("assurance"), choices=Confidence, null=True, blank=True
    )
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    # How long its page was in front of its author: tells them how long the next one will take.
    reading_seconds = models.PositiveIntegerField(default=0)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("évaluation")
        constraints = [
            models.CheckConstraint(
                name="evaluation_submitted_has_a_date",
                condition=Q(state="draft") | Q(state="submitted", submitted_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="evaluation_steps", field="state", transitions=FLOW.pairs()),
            pgtrigger.Trigger(
                name="evaluation_counted",
                when=pgtrigger.After,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("state", "assignment_id")
                | pgtrigger.Delete,
                func=TOUCHED,
            ),
            pgtrigger.Protect(
                name="submitted_evaluation_frozen",
                operation=pgtrigger.UpdateOf("strengths", "weaknesses", "confidence"),
                condition=pgtrigger.Q(old__state="submitted") & pgtrigger.Q(new__state="submitted"),
            ),
        ]

    def __str__(self):
        return str(self.assignment)


class EvaluationStep(HistoryStep):
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="history")


@pghistory.track()
class Score(models.Model):
    """One mark on one criterion, from 0 to the call's top score, with its comment."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField(_("note"), null=True, blank=True)
    comment = models.TextField(_("commentaire"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "criterion"], name="score_once"),
            models.CheckConstraint(
                name="score_on_scale", condition=Q(value=None) | Q(value__gte=0, value__lte=10)
            ),
        ]
        triggers = [
            SCORE_IN_PHASE,
            pgtrigger.Trigger(
                name="score_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("evaluation_state", "varchar"), ("top", "integer")],
                func="""
                    SELECT state INTO evaluation_state FROM reviews_evaluation
                    WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.evaluation_id
                                    ELSE NEW.evaluation_id END
                    FOR SHARE;
                    IF evaluation_state <> 'draft' AND NOT (TG_OP = 'UPDATE' AND EXISTS (
                        SELECT FROM reviews_staleflag
                        WHERE score_id = OLD.id AND settled_at IS NULL)) THEN
                        RAISE EXCEPTION 'score_frozen: a submitted evaluation does not change'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    SELECT top_score INTO top FROM grants_call JOIN grants_criterion
                        ON grants_criterion.call_id = grants_call.id
                    WHERE grants_criterion.id = NEW.criterion_id;
                    IF NEW.value > top THEN
                        RAISE EXCEPTION 'score_on_scale: the mark is above the scale of the call'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.criterion} : {self.value}"
