"""Files of the queue: asked for in a page, prepared behind it, dropped the day after."""

import tempfile
import uuid
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from accounts.notifications.broker import broker
from grants.screening.columns import chosen
from grants.screening.exporting import rows_of, write_xlsx
from grants.screening.listing import calls_of, found
from grants.screening.models import Export
from grants.screening.query import parse

MAKE = "grants.screening.tasks.make_export"
AT_ONCE = 500


@transaction.atomic
def ask_export(*, query, sort, columns, actor):
    """Ask for the file of a search; a small one is ready at once, a large one in the background."""
    search, at = parse(query), timezone.now()
    total = found(calls_of(actor), search, user=actor, at=at).order_by().count()
    export = Export.objects.create(
        owner=actor, query=str(search), sort=sort, columns=columns, total=total
    )
    if total <= AT_ONCE:
        return make_export(export.pk)
    transaction.on_commit(lambda: broker.hand_over(MAKE, export.pk))
    return export


def make_export(pk):
    """Write the file with the rights its owner has now; asked twice, it is made once."""
    taken = Export.objects.filter(pk=pk, state=Export.State.WAITING)
    if not taken.update(state=Export.State.DOING):
        return Export.objects.get(pk=pk)
    export = Export.objects.select_related("owner").get(pk=pk)
    try:
        write(export)
    except Exception:
        Export.objects.filter(pk=pk).update(state=Export.State.FAILED)
        raise
    return export


def write(export):
    rows = rows_of(export.owner, parse(export.query), export.sort, at=timezone.now())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dossiers.xlsx"
        for done in write_xlsx(str(path), rows, chosen(export.columns)):
            Export.objects.filter(pk=export.pk).update(done=done)
        with path.open("rb") as content:
            export.file.save(f"exports/{uuid.uuid4().hex}.xlsx", File(content), save=False)
    export.done = export.total = done
    export.state = Export.State.DONE
    export.save(update_fields=["file", "done", "total", "state"])


def drop_stale(at):
    """Yesterday’s files go, with their rows: personal data is not kept for nothing."""
    for export in Export.objects.stale(at):
        export.file.delete(save=False)
        export.delete()
