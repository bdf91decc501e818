"""What each role of the database may do, table by table: least privilege, written once.

The roles of the site and of the sealer own nothing and create nothing: what a role cannot alter, a
stolen session cannot.
"""

from pghistory.models import Context, Event

from grants.history.models import Link, Seal
from grants.history.strands import meta_of, ours, strands

RUNTIME, SEALER = "app_web", "app_sealer"
READ, ADD, ALL = {"SELECT"}, {"SELECT", "INSERT"}, {"SELECT", "INSERT", "UPDATE", "DELETE"}
ORDER = ("SELECT", "INSERT", "UPDATE", "DELETE")
MIGRATIONS = "django_migrations"


def written_by_triggers():
    """Events and their context: nobody writes them but the triggers, with the owner's rights."""
    events = {meta_of(model).db_table for model in ours() if issubclass(model, Event)}
    return events | {meta_of(Context).db_table}


def sealing_tables():
    return {meta_of(Seal).db_table, meta_of(Link).db_table}


def rights(tables):
    """What the documentation promises: {role: {table: rights}}."""
    read_only = written_by_triggers() | sealing_tables() | {MIGRATIONS}
    grow_only = set(strands()) - read_only
    web = {
        table: READ if table in read_only else ADD if table in grow_only else ALL
        for table in tables
    }
    sealer = {table: ADD if table in sealing_tables() else READ for table in tables}
    return {RUNTIME: web, SEALER: sealer}


def statements(tables, *, roles):
    """The SQL that gives these roles these rights and no others; to be run by the owner."""
    for role, wanted in rights(tables).items():
        if role not in roles:
            continue
        yield f"GRANT USAGE ON SCHEMA public TO {role}"
        yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
        for level in (READ, ADD, ALL):
            named = ", ".join(f'"{table}"' for table, told in wanted.items() if told == level)
            if named:
                yield f"GRANT {', '.join(r for r in ORDER if r in level)} ON {named} TO {role}"
        for table, told in wanted.items():
            if told == ADD and role == RUNTIME:
                # A row is locked by whoever may write one column; the triggers refuse the writing.
                key = strands()[table].key
                yield f'GRANT UPDATE ("{key}") ON "{table}" TO {role}'
        yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
    yield EVENTS_BY_THE_OWNER


# The triggers that write events do so as the owner: those who fire them need no right there.
EVENTS_BY_THE_OWNER = """
DO $$ DECLARE writer regprocedure;
BEGIN
    FOR writer IN
        SELECT DISTINCT tgfoid::regprocedure FROM pg_trigger
        WHERE tgname ~ '^pgtrigger_(insert_insert|update_update|delete_delete)_'
    LOOP
        EXECUTE format(
            'ALTER FUNCTION %s SECURITY DEFINER SET search_path = public, pg_temp', writer
        );
    END LOOP;
END $$
"""
