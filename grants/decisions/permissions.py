from grants.programmes.permissions import holds
from grants.programmes.states import Role

# For an allocation
SEE = holds(*Role, path="call__programme")
PREPARE = holds(Role.MANAGER, path="call__programme")
# The second person may be a manager or finance; the database refuses the one who prepared.
CHECK = holds(Role.MANAGER, Role.FINANCE, path="call__programme")
ANNOUNCE = PREPARE
# The file that rebuilds a decision: for who answers for the programme, and who audits it.
ISSUE_FILE = holds(Role.MANAGER, Role.AUDITOR, path="call__programme")

# For the feedback on a dossier
SEE_FEEDBACK = holds(*Role, path="dossier__call__programme")
WRITE_FEEDBACK = holds(Role.OFFICER, Role.MANAGER, path="dossier__call__programme")
SEND_FEEDBACK = holds(Role.MANAGER, path="dossier__call__programme")
