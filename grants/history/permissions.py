from accounts.access import EVERYTHING, NOTHING, Rule
from grants.programmes.permissions import duties_of
from grants.programmes.states import Role

KEEPERS = {Role.MANAGER, Role.AUDITOR}


def keeps_proof(user):
    """A seal says nothing of a programme: who answers for one, or audits one, reads them all."""
    return user.is_authenticated and any(role in KEEPERS for _programme, role in duties_of(user))


SEE = Rule(
    lambda user, seal: keeps_proof(user),
    lambda user: EVERYTHING if keeps_proof(user) else NOTHING,
)
