"""`manage.py verify_history`: is the history still what was sealed? One JSON document, 0 or 1."""

import json
import re
import sys

from django.core.management.base import BaseCommand

from grants.history.report import report_of
from grants.history.verifying import verify

TAMPERED = 1
DIGEST = re.compile(r"^(?:(\d+):)?([0-9a-fA-F]{64})$")
NOT_A_DIGEST = (
    "Empreinte illisible\u202f: attendu «\u202fnuméro:64 signes\u202f» ou les 64 signes, comme sur "
    "la page «\u202fScellés\u202f».\n"
)


class Command(BaseCommand):
    help = (
        "Vérifie l’historique scellé\u202f; avec --against, contre une empreinte gardée ailleurs."
    )

    def add_arguments(self, parser):
        parser.add_argument("--against", metavar="EMPREINTE", help="numéro:empreinte ou empreinte")

    def handle(self, *, against, **options):
        kept = None
        if against is not None:
            read = DIGEST.match(against.strip())
            if read is None:
                self.stderr.write(NOT_A_DIGEST)
                sys.exit(TAMPERED)
            kept = (int(read[1]) if read[1] else None, read[2].lower())
        reading = verify(against=kept)
        told = report_of(reading, against=against)
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        if not told["sound"]:
            sys.exit(TAMPERED)
