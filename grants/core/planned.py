"""Queries PostgreSQL plans once a connection and not each time: on a page, planning costs more
than reading.

Their values travel apart from their text, so one plan serves whoever asks. For texts that are
asked again and again: from the second time on, the driver keeps their plan (`prepare_threshold`).
"""

from typing import Any

from django.db import connection as usual
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper


class PlannedCursor(ServerBindingCursor):
    # Whoever has a name only reads: the context of the history is not put in front of the text.
    name = "planned"


def planned_cursor(connection: Any = usual) -> CursorWrapper:
    """As `connection.cursor()`, with all that watches over it."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return connection._prepare_cursor(  # noqa: SLF001 - what `cursor()` does, no less
            PlannedCursor(connection.connection)
        )


class Planned:
    """A connection whose cursors keep their plans; everything else is the connection's own."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def cursor(self) -> CursorWrapper:
        return planned_cursor(self.connection)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)
