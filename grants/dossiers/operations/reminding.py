from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from grants.core.flow import lock
from grants.dossiers import messages
from grants.dossiers.states import State

DAYS_BEFORE = (14, 7, 1)


@transaction.atomic
def remind_of_draft(dossier, *, at=None):
    """Tell its authors that the call closes soon, once per milestone; returns whom it told.

    Under the lock of the dossier: run twice, or by two workers, nobody is told twice.
    """
    at = at or timezone.now()
    lock(dossier)
    milestone = milestone_of(dossier.call.closes_at - at)
    if dossier.state != State.DRAFT or milestone is None:
        return []
    return messages.closing_soon(dossier, milestone)


def milestone_of(left: timedelta) -> int | None:
    """The nearest milestone already reached; a draft begun late is not told the earlier ones."""
    if left <= timedelta(0):
        return None
    return min((days for days in DAYS_BEFORE if left <= timedelta(days=days)), default=None)
