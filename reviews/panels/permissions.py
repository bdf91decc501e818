"""For a call: its staff follow the ranking, a manager settles it.

What is measured of reviewers stays with those who answer for them.
"""

from grants.programmes.permissions import holds
from grants.programmes.states import Role

SEE = holds(*Role, path="programme")
SETTLE = holds(Role.MANAGER, path="programme")
WEIGH = holds(Role.OFFICER, Role.MANAGER, path="programme")
WATCH = holds(Role.OFFICER, Role.MANAGER, Role.AUDITOR, path="programme")
