from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.access import Refused, require
from grants.correspondence import operations
from grants.correspondence import permissions as may
from grants.correspondence.forms import OpinionForm
from grants.correspondence.models import Opinion
from grants.correspondence.shown import document_of, readable
from grants.dossiers.finding import find
from grants.dossiers.serving import served


def readable_or_404(request, pk):
    found = find(request.user, pk)
    if not may.READ.allows(request.user, found):
        raise Http404
    return found


def thread(request, pk):
    """Both sides read the same messages; notes and opinions are loaded for the funder alone."""
    found = readable_or_404(request, pk)
    for_staff = not found.is_colleague
    context = {
        "dossier": found,
        "letters": found.messages.select_related("author"),
        "for_staff": for_staff,
        "may_write": may.WRITE.allows(request.user, found),
        "may_note": for_staff and may.WRITE_NOTES.allows(request.user, found),
        "notes": found.notes.select_related("author") if for_staff else (),
        "opinions": found.opinions.select_related("asked_by") if for_staff else (),
        "now": timezone.now(),
        "typed": "",
    }
    return render(request, "grants/correspondence/thread.html", context)


@require_POST
def write(request, pk):
    return said(request, readable_or_404(request, pk), operations.write, _("Le message est parti."))


@require_POST
def note(request, pk):
    found = readable_or_404(request, pk)
    if found.is_colleague:
        raise Http404
    return said(request, found, operations.note, _("La note est gardée."))


def said(request, dossier, act, told):
    try:
        act(dossier, request.POST.get("text", ""), actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect("correspondence:thread", dossier.pk)


def ask_opinion(request, pk):
    found = readable_or_404(request, pk)
    require(may.ASK_OPINION, request.user, found)
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.ask_opinion(found, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Le lien est envoyé."))
            for told in form.notes():
                messages.info(request, told)
            return redirect("correspondence:thread", pk)
    context = {"dossier": found, "form": form}
    return render(request, "grants/correspondence/ask_opinion.html", context)


@require_POST
def revoke(request, pk, opinion):
    found = readable_or_404(request, pk)
    if found.is_colleague:
        raise Http404
    asked = get_object_or_404(Opinion, dossier=found, pk=opinion)
    try:
        operations.revoke(asked, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Le lien n’ouvre plus rien."))
    return redirect("correspondence:thread", pk)


def by_link(view):
    """Open to whoever holds the link; kept by no cache, told to no other site, listed nowhere."""

    @wraps(view)
    def opened(request, token, **place):
        opinion = operations.opened(token)
        if opinion is None:
            response = render(request, "grants/correspondence/closed.html", status=404)
        else:
            response = view(request, token, opinion, **place)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return login_not_required(never_cache(opened))


@by_link
def opinion(request, token, opinion):
    problem, typed = "", request.POST.get("text", "")
    if request.method == "POST":
        try:
            return taken(request, token, opinion)
        except Refused as refusal:
            problem = str(refusal)
    context = {"opinion": opinion, "token": token, "problem": problem, "typed": typed}
    if opinion.undertaken_at:
        context["sections"] = readable(opinion.dossier)
    return render(request, "grants/correspondence/opinion.html", context)


def taken(request, token, opinion):
    """The undertaking first, then the opinion; the last page thanks."""
    if request.POST.get("act") == "undertake":
        if request.POST.get("agree") != "yes":
            raise Refused(_("Cochez la case pour ouvrir le dossier."))
        operations.undertake(opinion)
        return redirect("correspondence:opinion", token)
    operations.answer(opinion, request.POST.get("text", ""))
    return render(request, "grants/correspondence/thanks.html", {"opinion": opinion})


@require_GET
@by_link
def opinion_document(request, token, opinion, document):
    found = document_of(opinion.dossier, document) if opinion.undertaken_at else None
    if found is None:
        raise Http404
    return served(request, found)
