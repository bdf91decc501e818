from grants.programmes.permissions import holds
from grants.programmes.states import Role

SEE = holds(*Role, path="programme")
ENDOW = holds(Role.MANAGER, path="programme")
COMMIT = holds(Role.MANAGER, path="programme")
PAY = holds(Role.FINANCE, path="programme")
PLAN = holds(Role.MANAGER, Role.FINANCE, path="programme")
