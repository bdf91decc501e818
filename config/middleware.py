"""What every response and every request of this site must satisfy."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _


def private_by_default(get_response):
    """Pages of signed-in people are never kept by a cache between them and us."""

    def middleware(request):
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
            response["Cache-Control"] += ", no-store"
        return response

    return middleware


def refuse_nul_bytes(get_response):
    """PostgreSQL cannot store NUL, nor we ten megabytes: say so before anything reaches it."""

    def middleware(request):
        try:
            if holds_nul(request) and not is_told_at_its_field(request):
                return unreadable(request)
        except RequestDataTooBig:
            return too_long(request)
        return get_response(request)

    return middleware


def too_long(request):
    """The field keeps its text in the browser; the page says how much may be sent."""
    if request.headers.get("Accept") == "application/json":
        told = _("Ce texte est trop long : 20 000 caractères au plus.")
        return JsonResponse({"errors": [told]}, status=413)
    return HttpResponse(render_to_string("413.html", request=request), status=413)


def unreadable(request):
    """A page for people; for a script that saves a field, a sentence to put beside it."""
    if request.headers.get("Accept") == "application/json":
        told = _("Ce texte contient un caractère interdit : retapez-le ici.")
        return JsonResponse({"errors": [told]}, status=400)
    return HttpResponseBadRequest(render_to_string("400.html", request=request))


def holds_nul(request):
    """Look in the address, the query and the typed fields, not in uploaded files."""
    if "\0" in request.path or values_hold_nul(request.GET):
        return True
    return request.method == "POST" and values_hold_nul(request.POST)


def is_told_at_its_field(request):
    """A page that keeps whatever is typed says so beside the field, and loses nothing."""
    if "\0" in request.path or values_hold_nul(request.GET) or "\0" in "".join(request.POST):
        return False
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return getattr(view, "keeps_any_text", False)


def values_hold_nul(fields):
    return any("\0" in value for value in values_of(fields))


def values_of(fields):
    return [text for key, values in fields.lists() for text in (key, *values)]
