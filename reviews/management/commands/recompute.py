"""`manage.py recompute < file.json`: a decision file computed again from itself, line by line."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grants.core.strict_json import read_object
from reviews.casefile.recomputing import as_document, recompute

DIFFERENT = 1


class Command(BaseCommand):
    help = "Recalcule un dossier de décision (JSON) et dit, ligne par ligne, égal ou différent."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = as_document(recompute(read_object(sys.stdin.buffer.read())))
        except (KeyError, TypeError, ValueError) as error:
            raise CommandError(
                f"Ce document n’est pas un dossier de décision\u202f: {error}"
            ) from error
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        if not told["equal"]:
            sys.exit(DIFFERENT)
