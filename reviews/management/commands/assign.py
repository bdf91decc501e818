"""`manage.py assign < problem.json`: the exact assignment of reviewers, as JSON."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grants.core.strict_json import read_object
from reviews.assignments.matching import Assignment, assign
from reviews.assignments.problem import read_problem
from reviews.assignments.shortage import Shortage

PLACES = 9


class Command(BaseCommand):
    help = "Assigns reviewers to dossiers: problem as JSON on standard input, answer as JSON."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answer = assign(read_problem(read_object(sys.stdin.buffer.read())))
        except ValueError as error:
            raise CommandError(str(error)) from error
        if isinstance(answer, Shortage):
            self.stdout.write(json.dumps(_shortage(answer)))
            sys.exit(1)
        self.stdout.write(json.dumps(_assignment(answer)))


def _assignment(answer: Assignment) -> dict[str, Any]:
    """`dropped` only where something was to be kept: the rest is the published form."""
    told: dict[str, Any] = {
        "pairs": answer.pairs,
        "total": round(answer.total, PLACES),
        "worst": round(answer.worst, PLACES),
        "under_floor": answer.under_floor,
        "optimal": answer.optimal,
        "gap": round(answer.gap, PLACES),
        "connected": answer.connected,
    }
    return told | ({"dropped": answer.dropped} if answer.dropped else {})


def _shortage(answer: Shortage) -> dict[str, Any]:
    return {
        "short": [
            {"dossier": one.dossier, "missing": one.missing, "because": one.because}
            for one in answer.short
        ],
        "idle": [{"reviewer": one.reviewer, "missing": one.missing} for one in answer.idle],
        "placed": answer.placed,
        "wanted": answer.wanted,
    }
