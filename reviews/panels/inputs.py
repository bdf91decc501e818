"""Everything the order of a call rests on, digested by the database without being read."""

from django.db import connection

from grants.dossiers.states import State
from grants.funding.models import Envelope
from reviews.assignments.states import AssignmentState
from reviews.evaluations.states import EvaluationState

# Two sums of 64-bit hashes: the same whatever the order of the rows, another at any change.
DIGEST = """
SELECT count(*), sum(hashtextextended(line, 0)), sum(hashtextextended(line, 1))
FROM (
    SELECT concat_ws('|', 'score', assignment.dossier_id, assignment.expert_id,
                     score.criterion_id, score.value) AS line
    FROM grants_dossier dossier
    JOIN reviews_assignment assignment
        ON assignment.dossier_id = dossier.id AND assignment.state = %(active)s
    JOIN reviews_evaluation evaluation
        ON evaluation.assignment_id = assignment.id AND evaluation.state = %(submitted)s
    JOIN reviews_score score ON score.evaluation_id = evaluation.id
    WHERE dossier.call_id = %(call)s AND dossier.state = %(in_review)s
    UNION ALL
    SELECT concat_ws('|', 'dossier', id, stage, requested, eligible_base)
    FROM grants_dossier
    WHERE call_id = %(call)s AND state = %(in_review)s
) lines
"""


def digest_of(call):
    """Scores, dossiers, weights, ceilings of the call, and what is left of its envelopes."""
    with connection.cursor() as cursor:
        cursor.execute(
            DIGEST,
            {
                "call": call.pk,
                "active": AssignmentState.ACTIVE,
                "submitted": EvaluationState.SUBMITTED,
                "in_review": State.IN_REVIEW,
            },
        )
        scores = cursor.fetchone()
    return (
        call.pk,
        call.method,
        (call.max_rate, call.max_aid, call.max_grant),
        scores,
        tuple((c.pk, c.weight) for c in call.criteria.all()),
        tuple((e.pk, e.left) for e in Envelope.objects.of_call(call).order_by("pk")),
    )
