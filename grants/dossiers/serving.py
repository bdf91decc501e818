from django.core.files.storage import default_storage
from django.http import FileResponse, Http404


def served(document):
    """The bytes of a document, to be kept and never run: no page of ours shows them inline."""
    try:
        content = default_storage.open(document.file.name)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        content, as_attachment=True, filename=document.name, content_type=document.kind
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
