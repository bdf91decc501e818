"""Handing a file out: kept and never run, and to nobody but its author before it is known clean."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.template.loader import render_to_string

LOCKED = "sandbox; default-src 'none'"
# Chromium shows no PDF in a sandbox; the reader of the browser is one, and nothing else is allowed.
SHOWN = {
    "application/pdf": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "image/png": LOCKED + "; img-src 'self'; style-src 'unsafe-inline'",
    "image/jpeg": LOCKED + "; img-src 'self'; style-src 'unsafe-inline'",
}


def served(request, document, *, shown=False):
    """The bytes of a document, or why not; `shown` opens a PDF or a picture in the browser."""
    if not may_have(document, request.user):
        return held_back(document, request)
    if shown and not document.can_be_shown:
        raise Http404
    try:
        content = default_storage.open(document.file.name)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        content, as_attachment=not shown, filename=document.name, content_type=document.kind
    )
    response["Content-Security-Policy"] = SHOWN[document.kind] if shown else LOCKED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def may_have(document, user):
    """An infected file is nobody's; an unscanned one is its author's alone, once we can scan."""
    if document.awaits_scan:
        return document.uploaded_by_id == user.pk
    return not document.is_infected


def held_back(document, request):
    """A page that says why, in the place of the file."""
    page = render_to_string("grants/dossiers/held_back.html", {"document": document}, request)
    return HttpResponse(page, status=403)
