"""Each tracked row against the last event of its history: what was changed behind the triggers."""

from django.db import connections
from pghistory.models import Event

from grants.history.strands import meta_of, ours


def rows_unlike_their_history(using):
    """(table, key) of rows without an event that says what they are, or gone without one."""
    found = []
    with connections[using].cursor() as cursor:
        for event in (model for model in ours() if issubclass(model, Event)):
            table, statement = comparison(event)
            cursor.execute(statement)
            found += [(table, key) for (key,) in cursor]
    return found


def comparison(event):
    meta, tracked = meta_of(event), meta_of(event.pgh_tracked_model)
    own = {field.column for field in meta.concrete_fields if not field.name.startswith("pgh_")}
    columns = sorted(own & {field.column for field in tracked.concrete_fields})
    live = ", ".join(f'l."{name}"' for name in columns)
    last = ", ".join(f'e."{name}"' for name in columns)
    pk = tracked.pk.column
    # Only names of our own tables and columns are written into the statement.
    statement = f"""
        SELECT COALESCE(l."{pk}", e.pgh_obj_id) FROM "{tracked.db_table}" l
        FULL JOIN (
            SELECT DISTINCT ON (pgh_obj_id) * FROM "{meta.db_table}"
            ORDER BY pgh_obj_id, pgh_id DESC
        ) e ON e.pgh_obj_id = l."{pk}"
        WHERE (l."{pk}" IS NULL AND e.pgh_label <> 'delete')
            OR (l."{pk}" IS NOT NULL AND (e.pgh_obj_id IS NULL OR e.pgh_label = 'delete'
                OR ROW({live}) IS DISTINCT FROM ROW({last})))
        ORDER BY 1
    """  # noqa: S608
    return tracked.db_table, statement
