"""More time to answer a request to complete, also once the first date has passed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused
from grants.core.flow import lock
from grants.dossiers.flow import FLOW
from grants.dossiers.states import State
from grants.screening import messages


@transaction.atomic
def extend_completion(dossier, *, until, reason, actor, at=None):
    """Move the date of the open request; what was asked stays the same, the company is told.

    The new date is the one given (CRPA L. 114-5): a delay that was suspended stays so until then.
    """
    at = at or timezone.now()
    lock(dossier)
    if dossier.state != State.INCOMPLETE:
        raise Refused(_("Aucun complément n’est attendu pour ce dossier."))
    if not reason.strip():
        raise Refused(_("Écrivez pourquoi le délai est prolongé : l’entreprise le lira."))
    if until <= at:
        raise Refused(_("Choisissez une date à venir."))
    if until <= dossier.reopened_until:
        raise Refused(_("Choisissez une date plus tardive que celle déjà donnée."))
    before = dossier.reopened_until
    FLOW.take(
        "extend_completion", dossier, actor=actor, reason=reason.strip(), reopened_until=until
    )
    dossier.requests.filter(answered_at=None).update(due_at=until)
    messages.completion_extended(dossier, until=until, before=before, reason=reason.strip())
    return dossier
