"""Those who run a call see the copies of its files and say which ones its readers may have."""

from grants.programmes.permissions import holds
from grants.programmes.states import Role

PROGRAMME = "document__dossier__call__programme"

# For a copy
SEE = holds(*Role, path=PROGRAMME)
RULE = holds(Role.OFFICER, Role.MANAGER, path=PROGRAMME)

# For a call
FOLLOW = holds(*Role, path="programme")
