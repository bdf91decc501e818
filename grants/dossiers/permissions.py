"""Who may do what with a dossier. Lower case: who somebody is; upper case: what they may do."""

from accounts.access import in_state
from accounts.organisations.permissions import WRITING, member, representative
from grants.dossiers.states import EDITABLE, RECEIVED
from grants.programmes.permissions import holds
from grants.programmes.states import Role

applicant = member("organisation", roles=WRITING)
colleague = member("organisation")
staff = holds(*Role, path="call__programme")
officer = holds(Role.OFFICER, Role.MANAGER, path="call__programme")
manager = holds(Role.MANAGER, path="call__programme")

# A draft is its authors' own business: the funder sees a dossier once it is handed in.
SEE = colleague | (staff & in_state(*RECEIVED))
EDIT = applicant & in_state(*EDITABLE)
SUBMIT = applicant
# Who signs off may only read otherwise: the law names them, not their role.
SIGN = representative("organisation")
LET_IN = manager
WITHDRAW = applicant
SCREEN = officer
REVIEW = officer
DECIDE = manager
