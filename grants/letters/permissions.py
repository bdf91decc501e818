from grants.programmes.permissions import holds
from grants.programmes.states import Role

# For a programme: its letters’ templates.
SEE_TEMPLATES = holds(*Role)
WRITE_TEMPLATES = holds(Role.MANAGER)
