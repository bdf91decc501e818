"""`manage.py allocate < problem.json`: the envelope shared out under the published rules, as JSON.

Whole euros in and out; cents inside.
"""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grants.core.strict_json import read_object
from grants.decisions.allocation import allocate
from grants.decisions.problem import CENTS, Allocation, Conflict, read_problem


class Command(BaseCommand):
    help = "Allocates an envelope: problem as JSON on standard input, allocation as JSON."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answer = allocate(read_problem(read_object(sys.stdin.buffer.read())))
        except (ValueError, TimeoutError) as error:
            raise CommandError(str(error)) from error
        if isinstance(answer, Conflict):
            self.stdout.write(json.dumps({"conflict": answer.names}))
            sys.exit(1)
        self.stdout.write(json.dumps(_in_euros(answer)))


def _in_euros(answer: Allocation) -> dict[str, Any]:
    return {
        **asdict(answer),
        "awards": [asdict(one) | {"amount": one.amount // CENTS} for one in answer.awards],
        "spent": answer.spent // CENTS,
        "left": answer.left // CENTS,
    }
