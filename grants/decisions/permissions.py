from grants.programmes.permissions import holds
from grants.programmes.states import Role

# For an allocation
SEE = holds(*Role, path="call__programme")
PREPARE = holds(Role.MANAGER, path="call__programme")
# The second person may be a manager or finance; the database refuses the one who prepared.
CHECK = holds(Role.MANAGER, Role.FINANCE, path="call__programme")
ANNOUNCE = PREPARE
