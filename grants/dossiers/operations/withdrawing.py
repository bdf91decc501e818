from django.db import transaction

from grants.dossiers import messages
from grants.dossiers.flow import FLOW


@transaction.atomic
def withdraw(dossier, *, actor, reason=""):
    """Take the dossier back for good; the company may begin another while the call is open."""
    FLOW.take(
        "withdraw", dossier, actor=actor, reason=reason,
        reopened_until=None, reopened_questions=[],
    )  # fmt: skip
    messages.withdrawn(dossier, actor)
    return dossier
