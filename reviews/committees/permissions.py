"""A session belongs to its members; the staff of the programme prepares it and may follow it."""

from django.db.models import Q

from accounts.access import Rule, follow
from grants.programmes.permissions import holds
from grants.programmes.states import Role
from reviews.committees.states import BUREAU, VOTERS, Part


def sits(*parts, path=""):
    """The user sits in the session found under `path`, as one of these parts."""

    def allows(user, obj):
        session = follow(obj, path) if path else obj
        return session.members.filter(user=user.pk, part__in=parts).exists()

    def rows(user):
        places = user.committee_places.filter(part__in=parts)
        return Q(**{f"{path or 'pk'}__in": places.values("session")})

    return Rule(allows, rows)


PROGRAMME = "call__programme"
staff = holds(*Role, path=PROGRAMME)

# For a session
SIT = sits(*Part)
SEE = SIT | staff
PREPARE = holds(Role.OFFICER, Role.MANAGER, path=PROGRAMME)
VOTE = sits(*VOTERS)
LEAD = sits(*BUREAU)
# The order binds the programme: whoever closes also answers for it.
MANAGE = holds(Role.MANAGER, path=PROGRAMME)
CLOSE = LEAD & MANAGE
READ_NAMES = holds(Role.OFFICER, Role.MANAGER, path=PROGRAMME)

# For an item of the agenda
LEAD_ITEM = sits(*BUREAU, path="session")

# For a call
PLAN = holds(Role.OFFICER, Role.MANAGER, path="programme")
