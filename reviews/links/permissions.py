"""A link seen in the data is settled by those who run the call, never by who it is about."""

from accounts.access import EVERYTHING, NOTHING, Rule
from grants.programmes.permissions import holds
from grants.programmes.states import Role


def automatic():
    """What the platform does by itself."""
    return Rule(
        lambda user, _obj: getattr(user, "is_system", False),
        lambda user: EVERYTHING if getattr(user, "is_system", False) else NOTHING,
    )


officer = holds(Role.OFFICER, Role.MANAGER, path="dossier__call__programme")

# For a link
SEE = holds(*Role, path="dossier__call__programme")
SETTLE = officer
NOTICE = officer | automatic()

# For a call
LOOK = holds(Role.OFFICER, Role.MANAGER, path="programme")
