"""A crowd from a small world: the dossiers of the call under review, copied row by row by SQL.

Playing a round for 10 000 companies takes longer than anybody waits, and adds nothing to what a
page costs: every copy has its company, answers, files, checks, readings, marks and experts, who
read no more than the product lets them. One reading in three goes to an expert of the next copy, so
that the marks of all compare.
"""

import psycopg

STRIDE = 1_000_000  # between the identifiers of one copy and the next
EXPERTS = "SELECT expert_id FROM reviews_seat WHERE call_id = %(call)s AND id < %(stride)s"
OF_EXPERT = f"expert_id IN ({EXPERTS})"
DOSSIERS = "SELECT id FROM grants_dossier WHERE call_id = %(call)s AND id < %(stride)s"
OF_DOSSIER = f"dossier_id IN ({DOSSIERS})"
ASSIGNMENTS = f"SELECT id FROM reviews_assignment WHERE {OF_DOSSIER}"  # noqa: S608
EVALUATIONS = f"SELECT id FROM reviews_evaluation WHERE assignment_id IN ({ASSIGNMENTS})"  # noqa: S608
OF_EVALUATION = f"evaluation_id IN ({EVALUATIONS})"
# Table, rows to copy, columns that point at a row copied as well.
TABLES = [
    (
        "accounts_organisation",
        f"id IN (SELECT organisation_id FROM grants_dossier WHERE id IN ({DOSSIERS}))",  # noqa: S608
        (),
    ),
    (
        "accounts_user",
        f"id IN (SELECT user_id FROM reviews_expert WHERE id IN ({EXPERTS}))",  # noqa: S608
        (),
    ),
    ("reviews_expert", f"id IN ({EXPERTS})", ("user_id",)),
    ("reviews_expertise", OF_EXPERT, ("expert_id",)),
    ("reviews_subtopic", OF_EXPERT, ("expert_id",)),
    ("reviews_tie", OF_EXPERT, ("expert_id",)),
    ("reviews_seat", f"call_id = %(call)s AND {OF_EXPERT} AND id < %(stride)s", ("expert_id",)),
    ("grants_dossier", f"id IN ({DOSSIERS})", ("organisation_id",)),
    ("grants_answer", OF_DOSSIER, ("dossier_id",)),
    ("grants_document", OF_DOSSIER, ("dossier_id",)),
    ("grants_submission", OF_DOSSIER, ("dossier_id",)),
    ("grants_dossierstep", OF_DOSSIER, ("dossier_id",)),
    ("grants_check", OF_DOSSIER, ("dossier_id",)),
    ("grants_completionrequest", OF_DOSSIER, ("dossier_id",)),
    ("reviews_interest", OF_DOSSIER, ("dossier_id",)),
    ("reviews_assignment", OF_DOSSIER, ("dossier_id",)),
    ("reviews_evaluation", f"assignment_id IN ({ASSIGNMENTS})", ("assignment_id",)),
    ("reviews_evaluationstep", OF_EVALUATION, ("evaluation_id",)),
    ("reviews_score", OF_EVALUATION, ("evaluation_id",)),
]
# What may not be the same twice, and who reads a copy.
READER = """expert_id + %(stride)s * (CASE WHEN (dossier_id + expert_id) %% 3 = 0
    THEN (%(copy)s + 1) %% %(times)s ELSE %(copy)s END)"""
APART = {
    ("accounts_user", "email"): "%(copy)s || '.' || email",
    ("reviews_interest", "expert_id"): READER,
    ("reviews_assignment", "expert_id"): READER,
    ("accounts_organisation", "siret"): "lpad((siret::numeric + %(shift)s * 100)::text, 14, '0')",
    ("grants_dossier", "number"): "number + %(copy)s * 10000",
}

# Silenced triggers have not counted either.
COUNTED = """
    INSERT INTO reviews_readingtally (call_id, expert_id, due_at, is_held, given, handed_in)
    SELECT call_id, expert_id, due_at, is_held, count(*), count(*) FILTER (WHERE is_handed_in)
    FROM reviews_assignment WHERE state = 'active' GROUP BY 1, 2, 3, 4
"""


def multiply(address: str, times: int) -> None:
    """Bring the call under review to `times` its dossiers. Needs the right to silence triggers."""
    with psycopg.connect(address, autocommit=True) as connection:
        call = connection.execute("SELECT id FROM grants_call WHERE state = 'reviewing'").fetchone()
        with connection.transaction():
            connection.execute("SET LOCAL session_replication_role = replica")
            for copy in range(1, times):
                for table, rows, moved in TABLES:
                    copy_rows(connection, table, rows, moved, call=call[0], copy=copy, times=times)
            connection.execute("TRUNCATE reviews_readingtally")
            connection.execute(COUNTED)
            # Silenced triggers tell nobody that the order of the call has changed.
            connection.execute("UPDATE reviews_rankingstamp SET token = gen_random_uuid()")
        connection.execute("VACUUM ANALYZE")


def copy_rows(connection, table, rows, moved, *, call, copy, times):
    values = {"call": call, "copy": copy, "times": times, "stride": STRIDE}
    values["shift"] = copy * STRIDE
    columns = columns_of(connection, table)
    chosen = ", ".join(expression(table, column, moved) for column in columns)
    named = ", ".join(f'"{column}"' for column in columns)
    connection.execute(
        f"INSERT INTO {table} ({named}) SELECT {chosen} FROM {table} WHERE {rows}",  # noqa: S608
        values,
    )


def columns_of(connection, table):
    found = connection.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return [row[0] for row in found]


def expression(table, column, moved):
    if column == "id" or column in moved:
        return f'"{column}" + %(shift)s'
    return APART.get((table, column), f'"{column}"')
