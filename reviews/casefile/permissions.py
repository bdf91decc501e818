from grants.programmes.permissions import holds
from grants.programmes.states import Role

# For a decision: who answers for the programme, and who audits it.
ISSUE = holds(Role.MANAGER, Role.AUDITOR, path="allocation__call__programme")
