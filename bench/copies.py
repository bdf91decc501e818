"""Many calls ready to be announced, from one that the product itself brought there.

Rows are copied by SQL with silenced triggers: every row of the model call, whatever its table, its
identifiers and the keys between them moved by the same shift.
"""

import psycopg

STRIDE = 10_000  # between the identifiers of one copy and the next
# What all copies share: the programme, its people and its money.
SHARED = {
    *("grants_programme", "grants_theme", "grants_duty", "grants_funder"),
    *("grants_envelope", "grants_entry", "grants_paymentcredit"),
}
TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname LIKE 'grants\\_%%'
    AND c.relname NOT LIKE '%%event' ORDER BY 1
"""
COLUMNS = """
    SELECT column_name FROM information_schema.columns
    WHERE table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position
"""
KEYS = """
    SELECT a.attname, con.confrelid::regclass::text FROM pg_constraint con
    JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = con.conkey[1]
    WHERE con.contype = 'f' AND con.conrelid = %s::regclass
"""


class Copier:
    """Knows the statements; `copy` makes forty calls whose money comes from one envelope."""

    def __init__(self, owner):
        self.connection = psycopg.connect(owner, autocommit=True)
        self.copies = 0
        names = [name for (name,) in self.connection.execute(TABLES)]
        filled = {name for name in names if self.has_rows(name)} - SHARED
        self.statements = [self.statement(name, filled) for name in sorted(filled)]

    def has_rows(self, name):
        return self.connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone()  # noqa: S608

    def statement(self, name, filled):
        columns = [column for (column,) in self.connection.execute(COLUMNS, [name])]
        keys = dict(self.connection.execute(KEYS, [name]).fetchall())
        chosen = ", ".join(chosen_for(name, column, keys, filled) for column in columns)
        named = ", ".join(f'"{column}"' for column in columns)
        return (
            f"INSERT INTO {name} ({named}) SELECT {chosen} FROM {name}"  # noqa: S608
            f" WHERE {'id' if 'id' in columns else columns[0]} < {STRIDE}"
        )

    def copy(self, times, envelope):
        """The shift of each copy, from which its identifiers follow."""
        shifts = []
        with self.connection.transaction():
            self.connection.execute("SET LOCAL session_replication_role = replica")
            for _n in range(times):
                self.copies += 1
                shifts.append(self.copies * STRIDE)
                for statement in self.statements:
                    values = {"shift": shifts[-1], "envelope": envelope}
                    self.connection.execute(statement, values)
        return shifts


def chosen_for(table, column, keys, filled):
    if (table, column) == ("grants_call", "code"):
        return "'C' || %(shift)s"
    if keys.get(column) == "grants_envelope":
        return "%(envelope)s"
    if column == "id" or keys.get(column) in filled:
        return f'"{column}" + %(shift)s'
    return f'"{column}"'
