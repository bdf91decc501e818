"""`manage.py seal_history`: seal now, and print the digest to keep elsewhere."""

import json

from django.core.management.base import BaseCommand

from grants.history.operations import seal


class Command(BaseCommand):
    help = "Scelle l’historique maintenant et écrit l’empreinte à garder ailleurs."

    def handle(self, **options):
        made = seal()
        last = made[-1]
        told = {
            "digest": last.digest,
            "at": last.at.isoformat(),
            "acts": last.acts,
            "chains": last.chains,
            "added": sum(one.added for one in made),
        }
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
