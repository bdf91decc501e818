"""What a reviewer's home asks the database: three queries whose text is kept."""

from django.db.models import BooleanField, IntegerField
from django.db.models.expressions import RawSQL

from grants.core.prepared import prepared
from grants.dossiers.states import State
from reviews.assignments.models import Assignment
from reviews.evaluations.models import Evaluation
from reviews.evaluations.states import EvaluationState
from reviews.experts.models import Seat
from reviews.phases.models import grants
from reviews.phases.rights import NAME_APPLICANTS


# Counts written by hand: as expressions of the ORM they took longer to put together than to run.
# They lean on the tables their row is read from, and ask no other twice.
def by_hand(sql, kind):
    return RawSQL(sql, (), kind)  # noqa: S611 - fixed text, nothing of anybody's in it


CLEARED = by_hand(
    """(SELECT count(*) > 0 FROM reviews_interest interest WHERE interest.kind = 'none'
    AND interest.expert_id = reviews_assignment.expert_id
    AND interest.dossier_id = reviews_assignment.dossier_id)""",
    BooleanField(),
)
MARKS = by_hand(
    """(SELECT count(score.value) FROM reviews_score score
    WHERE score.evaluation_id = reviews_evaluation.id)""",
    IntegerField(),
)
CRITERIA = by_hand(
    """(SELECT count(*) FROM grants_criterion criterion
    WHERE criterion.call_id = grants_dossier.call_id)""",
    IntegerField(),
)
HANDED_IN = by_hand(
    """(SELECT count(*) FROM reviews_assignment other
    JOIN reviews_evaluation theirs ON theirs.assignment_id = other.id
    WHERE other.dossier_id = reviews_assignment.dossier_id
    AND other.state = 'active' AND theirs.state = 'submitted')""",
    IntegerField(),
)
STALE = by_hand(
    """EXISTS (SELECT 1 FROM reviews_staleflag flag
    JOIN reviews_score score ON score.id = flag.score_id
    WHERE score.evaluation_id = reviews_evaluation.id AND flag.settled_at IS NULL)""",
    BooleanField(),
)
STALE_AND_OPEN = by_hand(
    """EXISTS (SELECT 1 FROM reviews_staleflag flag
    JOIN reviews_score score ON score.id = flag.score_id
    WHERE score.evaluation_id = reviews_evaluation.id AND flag.settled_at IS NULL
    AND reviews_assignment.state = 'active'
    AND grants_dossier.state IN ('in_review', 'incomplete'))""",
    BooleanField(),
)


@prepared
def rows_left(user):
    """What this reviewer has still to hand in, in a single query."""
    return (
        Assignment.objects.given_to(user)
        .filter(dossier__state=State.IN_REVIEW)
        .exclude(evaluation__state=EvaluationState.SUBMITTED)
        .order_by("due_at", "dossier__number", "pk")
        .values_list(
            "pk", "dossier", "dossier__number", "dossier__call__code", "dossier__title",
            "dossier__organisation__name", "dossier__theme__name",
            "dossier__call__reading_minutes", "due_at", "evaluation",
            CLEARED, MARKS,
            CRITERIA, HANDED_IN, grants(NAME_APPLICANTS, "dossier__call"), STALE,
        )
    )  # fmt: skip


@prepared
def rows_finished(user):
    return (
        Evaluation.objects.kept_by(user)
        .order_by("-submitted_at", "-pk")
        .values_list(
            "pk", "assignment__dossier", "assignment__dossier__number",
            "assignment__dossier__call__code", "assignment__dossier__title",
            "assignment__dossier__organisation__name", "submitted_at", "reading_seconds",
            grants(NAME_APPLICANTS, "assignment__dossier__call"), STALE_AND_OPEN,
        )
    )  # fmt: skip


@prepared
def invitations_of(user):
    """Calls one is invited to read for, the undertaking not signed yet."""
    seats = Seat.objects.of(user).filter(undertaking_signed_at=None, declined_at=None)
    return seats.values("call", "call__title")
