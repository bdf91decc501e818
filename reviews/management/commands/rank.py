"""`manage.py rank < scores.csv`: the ranking with its uncertainty, as JSON."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from grants.core.strict_json import decode
from reviews.panels.calibration import Calibration, Severity, calibrate
from reviews.panels.mixed_model import Deviations
from reviews.panels.ranking import METHODS, Ranked, rank
from reviews.panels.scores import read_scores

PLACES = 9


class Command(BaseCommand):
    help = "Ranks dossiers: scores as CSV on standard input, ranking as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--method", choices=METHODS, default="calibrated")
        parser.add_argument("--places", type=int, help="how many dossiers are to be funded")
        parser.add_argument(
            "--scale", type=float, nargs=2, metavar=("LOW", "HIGH"), help="what a score may be"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            scores = read_scores(decode(sys.stdin.buffer.read()), scale=options["scale"])
            fit = calibrate(scores)
            ranking = rank(fit, method=options["method"], places=options["places"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(_document(fit, ranking, options["method"])))


def _document(fit: Calibration, ranking: tuple[Ranked, ...], method: str) -> dict[str, Any]:
    return {
        "method": method,
        "fallback": fit.fallback,
        "mean": _number(fit.mean),
        "sd": _deviations(fit.sd),
        "reml": _number(fit.reml),
        "connected": fit.connected,
        "dossiers": [_dossier(one) for one in ranking],
        "reviewers": [_reviewer(one) for one in fit.reviewers],
    }


def _deviations(sd: Deviations | None) -> dict[str, float | None]:
    if sd is None:
        return {"dossier": None, "reviewer": None, "residual": None}
    return {
        "dossier": _number(sd.dossier),
        "reviewer": _number(sd.reviewer),
        "residual": _number(sd.residual),
    }


def _dossier(one: Ranked) -> dict[str, Any]:
    numbers = ("raw", "calibrated", "effect", "se", "low", "high", "expected_rank", "p_funded")
    return {
        "id": one.id,
        "rank": one.rank,
        **{name: _number(getattr(one, name)) for name in numbers},
        "zone": one.zone,
    }


def _reviewer(one: Severity) -> dict[str, Any]:
    return {
        "id": one.id,
        "severity": _number(one.severity),
        "se": _number(one.se),
        "reviews": one.reviews,
    }


def _number(value: float | None) -> float | None:
    """Nine places, and no negative zero."""
    return None if value is None else round(value, PLACES) + 0.0
