"""Marks given on an answer that has changed since: raised by the database, settled by readers."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.dossiers.models import Submission
from grants.dossiers.states import State
from grants.formbuilder.confidentiality import WITHHELD_FROM_EXPERTS
from grants.programmes.criteria import Criterion
from reviews.evaluations.models import Score


@pghistory.track()
class Ground(models.Model):
    """A question a criterion is judged on. A criterion without any is judged on all of them."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="grounds")
    key = models.CharField(_("question"), max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["criterion", "key"], name="ground_once")]

    def __str__(self):
        return f"{self.criterion} · {self.key}"


class StaleFlagQuerySet(models.QuerySet):
    def open(self):
        return self.filter(settled_at=None)

    def on(self, evaluation):
        """Those its author still has to answer."""
        return (
            self.open()
            .filter(score__evaluation=evaluation)
            .select_related("score__criterion")
            .order_by("score__criterion__rank", "score__criterion__pk")
        )

    def in_call(self, call):
        return (
            self.open()
            .filter(
                score__evaluation__assignment__dossier__call=call,
                score__evaluation__assignment__dossier__state=State.IN_REVIEW,
                score__evaluation__assignment__state="active",
            )
            .select_related(
                "score__criterion",
                "score__evaluation__assignment__dossier__call",
                "score__evaluation__assignment__expert__user",
            )
            .order_by("raised_at", "pk")
        )


@pghistory.track()
class StaleFlag(models.Model):
    """A mark whose grounds changed: its author reads the difference, then confirms or revises."""

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("Note confirmée")
        REVISED = "revised", _("Note revue")

    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="flags")
    # The deposit that was judged, and the one that came after.
    seen = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    questions = models.JSONField(default=list)
    raised_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    value_before = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = StaleFlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("note à relire")
        constraints = [
            models.UniqueConstraint(
                fields=["score"], condition=Q(settled_at=None), name="stale_flag_once_open"
            ),
            models.CheckConstraint(
                name="stale_flag_settled_by_somebody",
                condition=Q(settled_at=None, settled_by=None, outcome="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(name="stale_flag_looks_back", condition=Q(seen__lt=F("new"))),
        ]
        triggers = [
            pgtrigger.Protect(
                name="stale_flag_settled_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__settled_at__isnull=False),
            ),
            pgtrigger.Protect(name="stale_flag_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.score} · v{self.new}"


WITHHELD = ", ".join(f"'{one}'" for one in sorted(WITHHELD_FROM_EXPERTS))
CHANGED = f"""
    SELECT content INTO before FROM grants_submission
    WHERE dossier_id = NEW.dossier_id AND version = NEW.version - 1;
    IF before IS NULL THEN RETURN NEW; END IF;
    SELECT array_agg(DISTINCT key) INTO changed FROM (
        (SELECT key, value FROM jsonb_each(before -> 'answers')
         EXCEPT SELECT key, value FROM jsonb_each(NEW.content -> 'answers'))
        UNION ALL
        (SELECT key, value FROM jsonb_each(NEW.content -> 'answers')
         EXCEPT SELECT key, value FROM jsonb_each(before -> 'answers'))
        UNION ALL
        (SELECT d ->> 'key', d -> 'sha256' FROM jsonb_array_elements(before -> 'documents') d
         EXCEPT SELECT d ->> 'key', d -> 'sha256'
         FROM jsonb_array_elements(NEW.content -> 'documents') d)
        UNION ALL
        (SELECT d ->> 'key', d -> 'sha256' FROM jsonb_array_elements(NEW.content -> 'documents') d
         EXCEPT SELECT d ->> 'key', d -> 'sha256'
         FROM jsonb_array_elements(before -> 'documents') d)
    ) differences WHERE key NOT IN (
        SELECT question ->> 'key'
        FROM grants_dossier dossier
        JOIN grants_call the_call ON the_call.id = dossier.call_id
        JOIN grants_formversion form ON form.id = dossier.form_id,
             jsonb_path_query(form.definition, '$.sections[*].questions[*]') question
        WHERE dossier.id = NEW.dossier_id AND (
            question ->> 'confidentiality' IN ({WITHHELD})
            OR question ->> 'confidentiality' = 'personal' AND NOT the_call.experts_read_personal)
    );
    IF changed IS NULL THEN RETURN NEW; END IF;
"""  # noqa: S608 - built from our own names only

# An open flag learns of the later deposit; it keeps the one that was judged.
FLAG = """
    INSERT INTO reviews_staleflag (score_id, seen, new, questions, raised_at, outcome)
    SELECT score.id, NEW.version - 1, NEW.version, to_jsonb(ARRAY(
        SELECT one FROM unnest(changed) one
        WHERE NOT EXISTS (SELECT FROM reviews_ground g WHERE g.criterion_id = score.criterion_id)
           OR one IN (SELECT key FROM reviews_ground g WHERE g.criterion_id = score.criterion_id)
        ORDER BY one)), NEW.at, ''
    FROM reviews_score score
    JOIN reviews_evaluation evaluation ON evaluation.id = score.evaluation_id
    JOIN reviews_assignment assignment ON assignment.id = evaluation.assignment_id
    WHERE assignment.dossier_id = NEW.dossier_id AND assignment.state = 'active'
      AND score.value IS NOT NULL
      AND (NOT EXISTS (SELECT FROM reviews_ground g WHERE g.criterion_id = score.criterion_id)
           OR EXISTS (SELECT FROM reviews_ground g
                      WHERE g.criterion_id = score.criterion_id AND g.key = ANY (changed)))
    ON CONFLICT (score_id) WHERE settled_at IS NULL DO UPDATE
    SET new = EXCLUDED.new, raised_at = EXCLUDED.raised_at, told_at = NULL,
        questions = (SELECT jsonb_agg(DISTINCT one)
                     FROM jsonb_array_elements(reviews_staleflag.questions || EXCLUDED.questions)
                          one);
"""


class Deposit(Submission):
    """What was handed in, as the readings see it: a later deposit flags what it makes stale.

    In the database, because the applications that receive deposits know nothing of readings, and
    a deposit that went unnoticed would let a ranking rest on what is no longer so.
    """

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="deposit_makes_marks_stale",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__version__gt=1),
                declare=[("before", "jsonb"), ("changed", "text[]")],
                func=f"{CHANGED} {FLAG} RETURN NEW;",
            )
        ]
