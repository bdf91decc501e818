from grants.programmes.permissions import holds
from grants.programmes.states import Role

# For a dossier: whoever instructs it answers those who ask to read it.
HAND_OVER = holds(Role.OFFICER, Role.MANAGER, path="call__programme")
