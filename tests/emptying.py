"""Emptying the tables after a test that commits: by rows, not by truncation.

Truncating two hundred tables rewrites as many files and costs more than most of these tests.
"""

import pytest
from django.db import connection
from django.test import TransactionTestCase

KEPT = ("django_migrations", "django_content_type", "auth_permission")
# Its triggers and keys asleep, a table gives its rows back in any order. PostgreSQL keeps this
# to its administrator, who lends it to the owner of a throwaway cluster.
MAY_SLEEP = "SELECT has_parameter_privilege('session_replication_role', 'SET')"
EMPTY = f"""
DO $$
DECLARE name text;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT format('%I', tablename) FROM pg_tables
        WHERE schemaname = 'public' AND tablename NOT IN {KEPT}
    LOOP
        EXECUTE 'DELETE FROM ' || name;
    END LOOP;
END $$
"""  # noqa: S608 - fixed text


@pytest.fixture(scope="session", autouse=True)
def _tables_are_emptied_by_rows():
    truncate = TransactionTestCase._fixture_teardown

    def empty(self):
        with connection.cursor() as cursor:
            cursor.execute(MAY_SLEEP)
            may_sleep = cursor.fetchone()[0]
            if may_sleep:
                cursor.execute(EMPTY)
        if not may_sleep:
            truncate(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield
