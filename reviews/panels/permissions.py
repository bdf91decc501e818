"""For a call: its staff follow the ranking, a manager settles it."""

from grants.programmes.permissions import holds
from grants.programmes.states import Role

SEE = holds(*Role, path="programme")
SETTLE = holds(Role.MANAGER, path="programme")
