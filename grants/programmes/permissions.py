"""Duties are held per programme; a rule names the roles and the path to the programme."""

from django.db.models import Q

from accounts.access import EVERYTHING, NOTHING, Rule, follow, in_state
from grants.programmes.states import PUBLISHED, CallState, Role


def holds(*roles, path=""):
    """The user currently holds one of these roles on the programme found under `path`."""
    return Rule(
        lambda user, obj: (
            user.is_authenticated
            and duties(user, roles).filter(programme=follow(obj, path) if path else obj).exists()
        ),
        lambda user: (
            Q(**{f"{path or 'pk'}__in": duties(user, roles).values("programme")})
            if user.is_authenticated
            else NOTHING
        ),
    )


def duties(user, roles):
    return user.duties.filter(role__in=roles, ended_at=None)


everybody = Rule(lambda user, obj: True, lambda user: EVERYTHING)

# For a programme: its rules are published, whoever reads them.
SEE_PROGRAMME = everybody
RUN_PROGRAMME = holds(Role.MANAGER)

# For a call
staff = holds(*Role, path="programme")
manager = holds(Role.MANAGER, path="programme")

SEE = staff | in_state(*PUBLISHED)
EDIT = manager & in_state(CallState.DRAFT)
OPEN = manager
CLOSE = manager
FOLLOW = staff
ORGANISE = holds(Role.OFFICER, Role.MANAGER, path="programme")
