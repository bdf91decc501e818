"""For a call: its form is written until the evaluation starts."""

from accounts.access import in_state
from grants.programmes.permissions import manager, staff
from grants.programmes.states import CallState

SEE_FORM = staff
EDIT_FORM = manager & in_state(CallState.DRAFT, CallState.OPEN)
CLONE = manager
