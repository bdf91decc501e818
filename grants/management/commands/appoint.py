from django.core.management.base import BaseCommand, CommandError

from accounts.people.models import User
from grants.programmes.appointments import appoint
from grants.programmes.models import Programme
from grants.programmes.states import Role


class Command(BaseCommand):
    help = "Gives somebody who has an account a role on a programme."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("programme", help="slug of the programme")

    def handle(self, *, email, role, programme, **options):
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise CommandError(f"No active account for {email}: the person signs up first.")
        home = Programme.objects.filter(slug=programme).first()
        if home is None:
            known = ", ".join(Programme.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"No programme {programme}. Known: {known}.")
        duty = appoint(user, role, home, actor=User.objects.system())
        self.stdout.write(f"{duty} ({user.email})")
