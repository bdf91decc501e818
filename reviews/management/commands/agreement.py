"""`manage.py agreement < scores.csv`: how far reviewers agree, as JSON."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from grants.core.strict_json import decode
from reviews.panels.agreement import LEVELS, intraclass, krippendorff_alpha
from reviews.panels.scores import read_scores

PLACES = 9


class Command(BaseCommand):
    help = "Measures agreement: scores as CSV on standard input, coefficients as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--scale", type=float, nargs=2, metavar=("LOW", "HIGH"), help="what a score may be"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            scores = read_scores(decode(sys.stdin.buffer.read()), scale=options["scale"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        answer = {
            "alpha": {level: _number(krippendorff_alpha(scores, level)) for level in LEVELS},
            "icc": {name: _number(value) for name, value in asdict(intraclass(scores)).items()},
        }
        self.stdout.write(json.dumps(answer))


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, PLACES)
