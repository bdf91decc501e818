"""`manage.py allocate < problem.json`: the envelope shared out under the published rules, as JSON.

Whole euros in and out; cents inside. Beside the published keys, all optional: `payments` {year:
euros} with `shares` {year: per cent of an award} for all or in a dossier; `decided` in a dossier
(an amount settled before, 0 included); `zone` in a dossier with `ties` "grey"; `seed` of a draw
among equals (docs/tirage.md).
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grants.core.strict_json import read_object
from grants.decisions.allocation import allocate
from grants.decisions.problem import CENTS, Allocation, Conflict
from grants.decisions.problem_file import read_problem


class Command(BaseCommand):
    help = "Allocates an envelope: problem as JSON on standard input, allocation as JSON."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            problem = read_problem(read_object(sys.stdin.buffer.read()))
            with solver_on_stderr():
                answer = allocate(problem)
        except (ValueError, TimeoutError) as error:
            raise CommandError(str(error)) from error
        if isinstance(answer, Conflict):
            self.stdout.write(json.dumps({"conflict": answer.names}))
            sys.exit(1)
        self.stdout.write(json.dumps(_in_euros(answer)))


@contextmanager
def solver_on_stderr() -> Iterator[None]:
    """The solver's library writes remarks of its own to descriptor 1, where only JSON may stand."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _in_euros(answer: Allocation) -> dict[str, Any]:
    return {
        **asdict(answer),
        "awards": [asdict(one) | {"amount": one.amount // CENTS} for one in answer.awards],
        "spent": answer.spent // CENTS,
        "left": answer.left // CENTS,
    }
