"""Whether anything the order of a call rests on has changed, kept by the database.

A page then compares a few tokens instead of reading every mark. Whatever wrote the change (a page,
a task, plain SQL) gives the call a new token in the same transaction. A token is drawn at random:
a database restored from an earlier day never meets what was remembered of a later one.
"""

import pgtrigger
from django.db import models

from grants.dossiers.models import Dossier
from grants.programmes.models import Call
from reviews.assignments.models import Assignment
from reviews.evaluations.models import Evaluation

# One row per connection rather than per call: two reviewers who hand in at once do not wait.
SLOTS = 64
RENEW = """
    INSERT INTO reviews_rankingstamp (call_id, slot, token)
    SELECT call_id, pg_backend_pid() % {slots}, gen_random_uuid()
    FROM ({calls}) changed WHERE call_id IS NOT NULL ORDER BY call_id
    ON CONFLICT (call_id, slot) DO UPDATE SET token = EXCLUDED.token;
    RETURN NULL;
"""


class RankingStamp(models.Model):
    """All tokens of a call together say which state of its scores and dossiers this is."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="+")
    slot = models.PositiveSmallIntegerField()
    token = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "slot"], name="ranking_stamp_slot")]

    def __str__(self):
        return f"{self.call_id} · {self.token}"


def renewing(name, operation, calls, *, condition=None, level=pgtrigger.Row, referencing=None):
    """A trigger that renews the stamp of the calls named by a query."""
    return pgtrigger.Trigger(
        name=name,
        level=level,
        when=pgtrigger.After,
        operation=operation,
        condition=condition,
        referencing=referencing,
        func=RENEW.format(slots=SLOTS, calls=calls),
    )


def changed(*columns):
    """SQL: one of these columns is not what it was."""
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return f"ROW({old}) IS DISTINCT FROM ROW({new})"


OF_NEW_DOSSIER = "SELECT call_id FROM grants_dossier WHERE id = NEW.dossier_id"
OF_DOSSIERS = (
    "SELECT DISTINCT call_id FROM grants_dossier WHERE id IN (SELECT dossier_id FROM {rows})"
)
OF_EVALUATION = """
    SELECT dossier.call_id FROM reviews_assignment assignment
    JOIN grants_dossier dossier ON dossier.id = assignment.dossier_id
    WHERE assignment.id = {row}.assignment_id
"""


class RankedDossier(Dossier):
    """Dossiers as the order reads them: their state, and in review the amounts that say how many
    are paid. What drafts go through while they are written renews nothing."""

    class Meta:
        proxy = True
        triggers = [
            renewing(
                "ranking_stamp_dossier_new",
                pgtrigger.Insert,
                "SELECT NEW.call_id",
                condition=pgtrigger.Condition("NEW.state = 'in_review'"),
            ),
            renewing(
                "ranking_stamp_dossier",
                pgtrigger.Update,
                "SELECT NEW.call_id UNION SELECT OLD.call_id",
                condition=pgtrigger.Condition(
                    "'draft' NOT IN (OLD.state, NEW.state) AND ("
                    + changed("call_id", "state", "department", "theme_id")
                    + " OR 'in_review' = NEW.state AND "
                    + changed("stage", "requested", "eligible_base")
                    + ")"
                ),
            ),
        ]


class RankedAssignment(Assignment):
    class Meta:
        proxy = True
        triggers = [
            renewing(
                "ranking_stamp_assignment_new",
                pgtrigger.Insert,
                OF_DOSSIERS.format(rows="added"),
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="added"),
            ),
            renewing(
                "ranking_stamp_assignment",
                pgtrigger.Update,
                OF_NEW_DOSSIER,
                condition=pgtrigger.Condition(changed("state", "dossier_id", "expert_id")),
            ),
            renewing(
                "ranking_stamp_assignment_gone",
                pgtrigger.Delete,
                OF_DOSSIERS.format(rows="removed"),
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(old="removed"),
            ),
        ]


class RankedEvaluation(Evaluation):
    """Marks count once handed in, and do not change while they are (`score_frozen`)."""

    class Meta:
        proxy = True
        triggers = [
            renewing(
                "ranking_stamp_evaluation_new",
                pgtrigger.Insert,
                OF_EVALUATION.format(row="NEW"),
                condition=pgtrigger.Condition("NEW.state = 'submitted'"),
            ),
            renewing(
                "ranking_stamp_evaluation",
                pgtrigger.Update,
                OF_EVALUATION.format(row="NEW"),
                condition=pgtrigger.Condition(changed("state", "assignment_id")),
            ),
            renewing(
                "ranking_stamp_evaluation_gone",
                pgtrigger.Delete,
                OF_EVALUATION.format(row="OLD"),
                condition=pgtrigger.Condition("OLD.state = 'submitted'"),
            ),
        ]
