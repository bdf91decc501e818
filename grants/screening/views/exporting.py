import logging

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.screening import exporting, listing, operations
from grants.screening.models import Export
from grants.screening.query import parse
from grants.screening.views.queue import columns_of

log = logging.getLogger(__name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export_csv(request):
    """Streamed: the first line leaves before the last one is read."""
    query, now = parse(request.GET.get("q", "")), timezone.now()
    sort = listing.sort_of(request.GET.get("tri", ""))
    log.info("export csv: user %s, %r", request.user.pk, str(query))
    rows = exporting.rows_of(request.user, query, sort, at=now)
    lines = exporting.csv_lines(rows, columns_of(request.user))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="dossiers-{now:%Y-%m-%d}.csv"'
    return response


@require_POST
def prepare_export(request):
    asked = QueryDict(request.POST.get("next", "").removeprefix("?"))
    made = operations.ask_export(
        query=asked.get("q", ""),
        sort=listing.sort_of(asked.get("tri", "")),
        columns=[column.key for column in columns_of(request.user)],
        actor=request.user,
    )
    log.info("export xlsx: user %s, %r", request.user.pk, made.query)
    return redirect(made)


def export(request, pk):
    """How far the file is; htmx asks again until it is ready, a page without script reloads."""
    found = get_object_or_404(Export.objects.seen_by(request.user), pk=pk)
    if found.state == Export.State.FAILED:
        messages.error(request, _("Le fichier n’a pas pu être préparé. Demandez-le de nouveau."))
    page = "_export.html" if request.htmx else "export.html"
    back = listing.address(parse(found.query), found.sort)
    return render(request, f"grants/screening/{page}", {"export": found, "back": back})


def export_file(request, pk):
    found = get_object_or_404(Export.objects.seen_by(request.user), pk=pk, state="done")
    # Whoever no longer serves any programme no longer fetches its dossiers.
    if not listing.calls_of(request.user):
        raise Http404
    name = f"dossiers-{timezone.localdate(found.asked_at):%Y-%m-%d}.xlsx"
    try:
        content = default_storage.open(found.file.name)
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(content, as_attachment=True, filename=name, content_type=XLSX)
