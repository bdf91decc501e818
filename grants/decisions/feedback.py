"""What an applicant learns of the evaluations: by criterion, what was strong and what was weak.

Drafted by the reviews, read over by an officer, sent with the decision and frozen from then on.
"""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.history import HistoryStep
from grants.decisions import permissions as may
from grants.decisions.flow import FEEDBACK
from grants.decisions.states import FeedbackState
from grants.dossiers.models import Dossier
from grants.programmes.criteria import Criterion


class FeedbackQuerySet(models.QuerySet):
    def seen_by(self, user):
        return self.filter(may.SEE_FEEDBACK.rows(user))

    def written_by(self, user):
        return self.filter(may.WRITE_FEEDBACK.rows(user))

    def for_page(self):
        return self.select_related(
            "dossier__call__programme", "dossier__organisation", "approved_by"
        )


@pghistory.track()
class Feedback(models.Model):
    """The return made to one applicant; `approved_by` has read every word of it."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="feedback")
    state = models.CharField(max_length=10, choices=FeedbackState, default=FeedbackState.DRAFT)
    prepared_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("retour au candidat")
        constraints = [
            models.CheckConstraint(
                name="feedback_stamps_follow_state",
                condition=Q(state="draft", approved_at=None, approved_by=None, sent_at=None)
                | Q(state="approved", approved_by__isnull=False, approved_at__isnull=False)
                & Q(sent_at=None)
                | Q(state="sent", approved_by__isnull=False, sent_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="feedback_steps", field="state", transitions=FEEDBACK.pairs()),
            pgtrigger.Protect(
                name="feedback_sent_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="sent"),
            ),
        ]

    def __str__(self):
        return f"Retour · {self.dossier}"

    @property
    def is_open(self):
        return self.state == FeedbackState.DRAFT

    @property
    def is_sent(self):
        return self.state == FeedbackState.SENT


class FeedbackStep(HistoryStep):
    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="history")


@pghistory.track()
class FeedbackPart(models.Model):
    """One criterion, or the whole when it has none; one remark a line."""

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="parts")
    criterion = models.ForeignKey(
        Criterion, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    rank = models.PositiveSmallIntegerField()
    strengths = models.TextField(_("points forts"), blank=True)
    weaknesses = models.TextField(_("points à améliorer"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["feedback", "criterion"],
                name="feedback_part_once",
                nulls_distinct=False,
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="feedback_part_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("feedback_state", "varchar")],
                func="""
                    SELECT state INTO feedback_state FROM grants_feedback
                    WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.feedback_id
                                    ELSE NEW.feedback_id END
                    FOR SHARE;
                    IF feedback_state <> 'draft' THEN
                        RAISE EXCEPTION 'feedback_part_frozen: it was read over, or sent'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return f"{self.feedback} · {self.title}"

    @property
    def title(self):
        return self.criterion.name if self.criterion else _("Dans l’ensemble")


def told_of(dossier):
    """What was sent to the applicant: parts with something to say; none before."""
    sent = FeedbackPart.objects.filter(
        feedback__dossier=dossier, feedback__state=FeedbackState.SENT
    ).exclude(strengths="", weaknesses="")
    return list(sent.select_related("criterion"))


def lines_of(text):
    return [line.strip() for line in text.splitlines() if line.strip()]
