"""Many admissions at once: what would happen, told before anybody is written to."""

from collections import defaultdict

from grants.core.flow import refusal
from grants.dossiers.states import State
from grants.screening.checklist import lines_of
from grants.screening.lines import items_by_call
from grants.screening.models import Check
from grants.screening.operations.judging import why_blocked
from grants.screening.operations.sorting import Outcome


def foretell_admission(dossiers):
    """The dossiers `admit` would take as they stand, and the others with its reason.

    Nothing is written: each one is judged again, under its lock, when it is admitted.
    """
    items = items_by_call({dossier.call_id for dossier in dossiers})
    answers = defaultdict(list)
    for check in Check.objects.filter(dossier__in=dossiers):
        answers[check.dossier_id].append(check)
    ready, refused = [], []
    for dossier in dossiers:
        lines = lines_of(answers[dossier.pk], None, items[dossier.call_id])
        reason = why_blocked(lines) if dossier.state == State.SUBMITTED else refusal(dossier)
        if reason:
            refused.append((dossier, reason))
        else:
            ready.append(dossier)
    return Outcome(ready, refused)
