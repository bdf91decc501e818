"""Experts reach a dossier only through their active assignment, while it is being reviewed."""

from django.db.models import Q

from accounts.access import Rule, follow, in_state, owns
from grants.dossiers.states import State
from grants.programmes.permissions import holds
from grants.programmes.states import Role
from reviews.assignments.states import AssignmentState
from reviews.experts.permissions import cleared, signed
from reviews.links.permissions import automatic


def stands(path, *states):
    """What is found under `path` stands in one of these states."""
    return Rule(
        lambda user, obj: follow(obj, path) in states,
        lambda user: Q(**{f"{path}__in": states}),
    )


# While its company completes it, readers keep what was handed in under their eyes.
READABLE = (State.IN_REVIEW, State.INCOMPLETE, State.RANKED)

owner = owns("expert__user")
reviewer = (
    owner
    & in_state(AssignmentState.ACTIVE)
    & signed("dossier__call")
    & stands("dossier__state", *READABLE)
)
officer = holds(Role.OFFICER, Role.MANAGER, path="dossier__call__programme")
staff = holds(*Role, path="dossier__call__programme")

# For an assignment. Before the reviewer has declared to have no link, only its heading shows.
DECLARE = reviewer
SEE = reviewer | staff
READ_AS_REVIEWER = reviewer & cleared("dossier")
RECUSE = owner | officer
REMOVE = officer
# A link seen in the data closes a dossier until it is settled.
SET_ASIDE = officer | automatic()

# For a call
FOLLOW = holds(*Role, path="programme")
PLAN = holds(Role.OFFICER, Role.MANAGER, path="programme")
