"""Rows of the history as they stand now: key, dossier, clock, and the digest of their content."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connections


@dataclass(frozen=True)
class Row:
    table: str
    key: int
    dossier: int | None
    at: datetime | None
    leaf: bytes

    @property
    def chain(self):
        """Acts of a dossier hold together; the others hold to those of their table."""
        return f"dossier:{self.dossier}" if self.dossier is not None else f"table:{self.table}"


def rows_between(strand, low, high, *, using, columns=None):
    """Rows after `low` up to `high`, both optional, in the order of their keys.

    The digest is that of a JSON array of the named columns, and of who acted by what request.
    """
    read = ", ".join(f't."{name}"' for name in columns or strand.columns)
    context = ", c.metadata" if strand.has_context else ""
    join = " LEFT JOIN pghistory_context c ON c.id = t.pgh_context_id" if strand.has_context else ""
    clock = f't."{strand.clock}"' if strand.clock else "NULL::timestamptz"
    bounds, values = bounds_of(strand, low, high)
    # Only names of our own tables and columns are written into the statement.
    statement = f"""
        SELECT t."{strand.key}", {strand.way}, {clock},
            sha256(convert_to(jsonb_build_array({read}{context})::text, 'UTF8'))
        FROM "{strand.table}" t{strand.joins}{join} {bounds} ORDER BY t."{strand.key}"
    """  # noqa: S608
    with connections[using].cursor() as cursor:
        cursor.execute(statement, values)
        return [Row(strand.table, key, *rest, bytes(leaf)) for key, *rest, leaf in cursor]


def bounds_of(strand, low, high):
    told = [(f't."{strand.key}" > %s', low), (f't."{strand.key}" <= %s', high)]
    asked = [(text, value) for text, value in told if value is not None]
    where = f"WHERE {' AND '.join(text for text, _value in asked)}" if asked else ""
    return where, [value for _text, value in asked]


def last_keys(strands, *, using):
    """The highest key of every strand, in one question."""
    asked = " UNION ALL ".join(
        f'SELECT \'{one.table}\', max("{one.key}")::bigint FROM "{one.table}"'  # noqa: S608
        for one in strands
    )
    with connections[using].cursor() as cursor:
        cursor.execute(asked)
        return {table: key or 0 for table, key in cursor}
