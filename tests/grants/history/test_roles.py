"""The roles of the database: their rights are those of the documentation, and they suffice."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from grants.core.flow import write
from grants.history.models import Link, Seal
from grants.history.operations import seal
from grants.history.roles import ADD, ALL, READ, RUNTIME, SEALER, rights
from grants.history.verifying import verify
from tests.factories import make_dossier

pytestmark = pytest.mark.django_db

EXPECTED = {
    "grants_dossier": ALL,
    "grants_answer": ALL,
    "grants_dossierstep": ADD,
    "grants_entry": ADD,
    "grants_submission": ADD,
    "grants_dossierevent": READ,
    "accounts_userevent": READ,
    "pghistory_context": READ,
    "grants_seal": READ,
    "grants_link": READ,
    "django_migrations": READ,
}
HOSTILE = [
    "UPDATE grants_dossierevent SET title = 'x'",
    "DELETE FROM grants_dossierevent",
    "TRUNCATE grants_dossierevent",
    "INSERT INTO grants_dossierevent SELECT * FROM grants_dossierevent",
    "ALTER TABLE grants_dossierevent DISABLE TRIGGER USER",
    "ALTER TABLE grants_dossierevent DROP COLUMN title",
    "DROP TABLE grants_dossierevent",
    "CREATE RULE none AS ON INSERT TO grants_dossierevent DO INSTEAD NOTHING",
    "ALTER TABLE grants_dossierevent ALTER pgh_id RESTART",
    "UPDATE pghistory_context SET metadata = '{}'",
    "DELETE FROM grants_dossierstep",
    "UPDATE grants_dossierstep SET step = 'x'",
    "UPDATE grants_dossierstep SET id = -id",
    "UPDATE grants_seal SET acts = 0",
    "DELETE FROM grants_link",
    "INSERT INTO grants_seal SELECT * FROM grants_seal",
    "CREATE TABLE mine (id int)",
    "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "SET session_replication_role = replica",
]


@pytest.fixture
def roles():
    """Both roles, with the rights the command gives; made for this test where none is known."""
    with connection.cursor() as cursor:
        for role in (RUNTIME, SEALER):
            cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname = %s", [role])
            if not cursor.fetchone()[0]:
                cursor.execute(f"CREATE ROLE {role}")
    call_command("grant_runtime_role", verbosity=0)


def held(role):
    """What the catalogue says this role may do, its rights through other roles included."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT tablename, array_remove(ARRAY[
                CASE WHEN has_table_privilege(%(role)s, tablename::regclass, 'SELECT')
                    THEN 'SELECT' END,
                CASE WHEN has_table_privilege(%(role)s, tablename::regclass, 'INSERT')
                    THEN 'INSERT' END,
                CASE WHEN has_table_privilege(%(role)s, tablename::regclass, 'UPDATE')
                    THEN 'UPDATE' END,
                CASE WHEN has_table_privilege(%(role)s, tablename::regclass, 'DELETE')
                    THEN 'DELETE' END,
                CASE WHEN has_table_privilege(%(role)s, tablename::regclass, 'TRUNCATE')
                    THEN 'TRUNCATE' END,
                CASE WHEN has_table_privilege(%(role)s, tablename::regclass, 'TRIGGER')
                    THEN 'TRIGGER' END
            ], NULL) FROM pg_tables WHERE schemaname = 'public'""",
            {"role": role},
        )
        return {table: set(names) for table, names in cursor}


def refused(cursor, statement):
    try:
        with transaction.atomic():
            cursor.execute(statement)
    except DatabaseError:
        return True
    return False


def test_the_catalogue_says_what_is_documented(roles):
    tables = set(held(RUNTIME))

    assert {role: held(role) for role in (RUNTIME, SEALER)} == rights(tables)
    assert {table: rights(tables)[RUNTIME][table] for table in EXPECTED} == EXPECTED
    assert {t for t, may in rights(tables)[SEALER].items() if may != READ} == {
        "grants_seal",
        "grants_link",
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner"
            " WHERE r.rolname = ANY(%s)",
            [[RUNTIME, SEALER]],
        )
        assert cursor.fetchone() == (0,)


def test_the_site_writes_its_history_and_can_do_nothing_else_to_it(roles):
    dossier = make_dossier(title="Un")
    dossier.history.create(
        actor=dossier.created_by, step="submit", source="draft", target="submitted"
    )
    seal()
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {RUNTIME}")
        write(dossier, title="Deux")
        cursor.execute("SELECT FROM grants_entry FOR NO KEY UPDATE")
        left = [statement for statement in HOSTILE if not refused(cursor, statement)]
        titles = list(dossier.events.order_by("pgh_id").values_list("title", flat=True))
        cursor.execute("RESET ROLE")

    assert left == []
    assert titles == ["Un", "Deux"]


def test_neither_can_become_the_owner_of_a_table(roles):
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*), count(*) FILTER (
                WHERE pg_has_role(%s, r.oid, 'MEMBER') OR pg_has_role(%s, r.oid, 'MEMBER'))
            FROM pg_tables t JOIN pg_roles r ON r.rolname = t.tableowner
            WHERE t.schemaname = 'public'""",
            [RUNTIME, SEALER],
        )
        tables, within_reach = cursor.fetchone()

    assert tables > 100
    assert within_reach == 0


def test_the_sealer_seals_and_writes_nothing_else(roles):
    dossier = make_dossier(title="Un")
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {SEALER}")
        [made] = seal()
        hostile = [
            *HOSTILE[:-5],
            "UPDATE grants_dossier SET title = 'x'",
            "DELETE FROM grants_link",
        ]
        left = [statement for statement in hostile if not refused(cursor, statement)]
        cursor.execute("RESET ROLE")

    assert left == []
    assert (Seal.objects.get(), verify().found) == (made, [])
    assert Link.objects.filter(chain=f"dossier:{dossier.pk}").exists()
