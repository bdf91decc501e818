"""Who may contest a decision, who answers. Lower case: who somebody is."""

from accounts.organisations.permissions import WRITING, member
from grants.programmes.permissions import holds
from grants.programmes.states import Role

applicant = member("decision__dossier__organisation", roles=WRITING)
colleague = member("decision__dossier__organisation")
staff = holds(*Role, path="decision__dossier__call__programme")

# For an appeal
SEE = colleague | staff
STUDY = staff
WITHDRAW = applicant
ANSWER = holds(Role.MANAGER, path="decision__dossier__call__programme")

# For a decided dossier
FILE = member("organisation", roles=WRITING)
ENTER = holds(Role.OFFICER, Role.MANAGER, path="call__programme")
