"""One dossier in brief beside the queue: what an officer needs to choose what to do next."""

from django.utils import timezone

from grants.dossiers.kept import deposits_of
from grants.dossiers.states import State
from grants.screening.checklist import blockers, lines_of
from grants.screening.delay import clock_of
from grants.screening.kept import checks_of, requests_of
from grants.screening.lines import items_of


def digest_of(dossier):
    deposits = deposits_of(dossier.pk)[::-1]
    requests = requests_of(dossier.pk)[::-1]
    verdict = deposits[0].content.get("verdict") if deposits else None
    lines = lines_of(checks_of(dossier.pk), verdict, items_of(dossier.call_id))
    now = timezone.now()
    return {
        "dossier": dossier,
        "lines": lines,
        "answered": sum(1 for line in lines if line.check),
        "failing": [line.item.label for line in blockers(lines) if line.outcome],
        "adverse": [
            finding
            for line in lines
            for finding in line.findings
            if finding["outcome"] == "not_met"
        ],
        "asked": requests[0] if requests else None,
        "clock": clock_of(dossier, deposits, requests, timezone.localdate(now)),
        "is_late": is_late(dossier, now),
        "attempts": dossier.attempts.count(),
    }


def is_late(dossier, now):
    """The company was asked to complete and its time has run out."""
    asked = dossier.state == State.INCOMPLETE and dossier.reopened_until
    return bool(asked and dossier.reopened_until < now)
