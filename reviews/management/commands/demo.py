"""`manage.py demo`: an openly fictional world to look at, to try and to measure."""

import json
import sys

from django.conf import settings
from django.core.management.base import BaseCommand

from reviews.demonstration import report, world
from reviews.demonstration.stock import THEMES

REFUSED = 2
ALWAYS_THERE = 60
SIZES = {
    "tiny": world.Size(reviewed=4, decided=3, upcoming=2, extra=5),
    "small": world.Size(),
    "large": world.Size(extra=1_000 - ALWAYS_THERE),
}
NOT_HERE = (
    "La démonstration ne se charge pas hors du mode DEBUG ; "
    "ajoutez --force si vous êtes certain de vous."
)
NOT_TWICE = "Cette base contient déjà un programme : la démonstration demande une base vide."


class Command(BaseCommand):
    help = "Construit le monde de démonstration : appels, entreprises, experts, décisions."

    def add_arguments(self, parser):
        parser.add_argument("--size", choices=SIZES, default="small")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--dossiers", type=int, help="nombre de dossiers en évaluation")
        parser.add_argument("--json", action="store_true", help="écrit l’objet JSON du contrat")
        parser.add_argument("--force", action="store_true", help="accepte d’agir hors de DEBUG")

    def handle(self, *, size, seed, dossiers, force, **options):
        if not (settings.DEBUG or force):
            self.refuse(NOT_HERE)
        if world.is_inhabited():
            self.refuse(NOT_TWICE)
        wanted = SIZES[size] if dossiers is None else with_dossiers(dossiers)
        built = world.build(seed, wanted)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_object(built), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(report.as_table(built))

    def refuse(self, sentence):
        self.stderr.write(sentence)
        sys.exit(REFUSED)


def with_dossiers(wanted):
    """A world whose call under review holds about this many; ten at least."""
    each = min(world.Size.reviewed, max(2, wanted // len(THEMES)))
    return world.Size(reviewed=each, extra=max(0, wanted - ALWAYS_THERE))
