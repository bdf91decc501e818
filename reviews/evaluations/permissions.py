"""An evaluation belongs to its author until it is handed in; then the staff may read it."""

from django.db.models import Q

from accounts.access import Rule, in_state, owns
from grants.dossiers.states import State
from grants.programmes.permissions import holds
from grants.programmes.states import Role
from reviews.assignments.permissions import READABLE, stands
from reviews.assignments.states import AssignmentState
from reviews.evaluations.states import EvaluationState
from reviews.experts.permissions import cleared, signed
from reviews.phases import rights
from reviews.phases.permissions import in_phase

DOSSIER = "assignment__dossier"
CALL = f"{DOSSIER}__call"

author = (
    owns("assignment__expert__user")
    & Rule(
        lambda user, evaluation: evaluation.assignment.state == AssignmentState.ACTIVE,
        lambda user: Q(assignment__state=AssignmentState.ACTIVE),
    )
    & stands(f"{DOSSIER}__state", *READABLE)
    & signed(f"{DOSSIER}__call")
    & cleared(DOSSIER)
)
in_review = stands(f"{DOSSIER}__state", State.IN_REVIEW)
staff = holds(*Role, path=f"{DOSSIER}__call__programme")
officer = holds(Role.OFFICER, Role.MANAGER, path=f"{DOSSIER}__call__programme")

# One's own words stay one's own: also when the dossier is closed, unless a link was declared.
keeper = owns("assignment__expert__user") & in_state(EvaluationState.SUBMITTED) & cleared(DOSSIER)

SEE = author | (staff & in_state(EvaluationState.SUBMITTED))
WRITE = author
KEEP = keeper
SUBMIT = author & in_review & in_phase(rights.SCORE, CALL)
SCORE = SUBMIT & in_state(EvaluationState.DRAFT)
# One judges alone first: nothing of the others' work shows, not even that it exists.
READ_OTHERS = author & in_state(EvaluationState.SUBMITTED) & in_phase(rights.SEE_OTHERS, CALL)
REOPEN = officer
