"""`manage.py grant_runtime_role`: after each migration, as the owner of the tables."""

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from grants.history.roles import RUNTIME, SEALER, statements

ROLES = "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND rolname <> current_user"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"


class Command(BaseCommand):
    help = "Donne au rôle du site et à celui du scellé leurs droits exacts, et pas d’autres."

    @transaction.atomic
    def handle(self, **options):
        with connection.cursor() as cursor:
            roles = asked(cursor, ROLES, [[RUNTIME, SEALER]])
            if not roles:
                self.stdout.write(f"Ni {RUNTIME} ni {SEALER} ici\u202f: rien à donner.")
                return
            for statement in statements(asked(cursor, TABLES), roles=roles):
                cursor.execute(statement)
        self.stdout.write(f"Droits donnés à\u202f: {', '.join(sorted(roles))}.")


def asked(cursor, statement, values=()):
    cursor.execute(statement, values)
    return [name for (name,) in cursor.fetchall()]
