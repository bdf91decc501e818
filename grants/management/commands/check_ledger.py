from django.core.management.base import BaseCommand, CommandError

from grants.funding.models import Entry
from grants.funding.operations import check_ledger


class Command(BaseCommand):
    help = "Works all totals out again from the ledger; exit 1 if one differs, even by a cent."

    def handle(self, **options):
        found = check_ledger()
        for difference in found:
            self.stderr.write(str(difference))
        if found:
            raise CommandError(f"{len(found)} totals differ from their entries.")
        self.stdout.write(f"{Entry.objects.count()} entries: every total is their sum.")
