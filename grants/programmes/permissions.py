"""Duties are held per programme; a rule names the roles and the path to the programme."""

from functools import cache

from django.db.models import Q

from accounts.access import EVERYTHING, NOTHING, Rule, follow, in_state, rights_of
from grants.programmes.states import PUBLISHED, CallState, Role


@cache
def holds(*roles, path=""):
    """The user currently holds one of these roles on the programme found under `path`: one rule,
    however many features ask for it."""

    def allows(user, obj):
        if not user.is_authenticated:
            return False
        programme = follow(obj, path) if path else obj
        rights = rights_of(user)
        if rights is None:
            return duties(user, roles).filter(programme=programme).exists()
        return programme.pk in rights.programmes(roles)

    def rows(user):
        if not user.is_authenticated:
            return NOTHING
        return Q(**{f"{path or 'pk'}__in": programmes_of(user, roles)})

    return Rule(allows, rows)


def programmes_of(user, roles):
    rights = rights_of(user)
    if rights is None:
        return duties(user, roles).values("programme")
    return rights.programmes(roles)


def duties_of(user):
    """Pairs of programme and role, whatever the role."""
    rights = rights_of(user)
    if rights is None:
        return set(duties(user, Role).values_list("programme_id", "role"))
    return rights.duties


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
