from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import Refused
from grants.dossiers import operations
from grants.dossiers.filed import filed
from grants.dossiers.finding import find
from grants.dossiers.forms import number_in
from grants.dossiers.forms_of import definition_of
from grants.dossiers.serving import served

SHOWN_NAME = 80


@require_POST
def attach(request, pk):
    at = timezone.now()
    dossier = find(request.user, pk)
    key = request.POST.get("key", "")
    told = [take(request, dossier, key, upload, at) for upload in request.FILES.getlist("file")]
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"files": told}, status=200 if told else 400)
    if not told:
        messages.error(request, _("Choisissez un fichier, puis envoyez-le."))
    for one in told:
        (messages.success if one["taken"] else messages.error)(request, one["sentence"])
    return back_to(dossier, key)


def take(request, dossier, key, upload, at):
    """One file of the lot; a refusal of one does not stop the others."""
    name = upload.name[:SHOWN_NAME]
    replaces = number_in(request.POST.get("replaces", "")) or None
    try:
        operations.attach(dossier, key, upload, actor=request.user, replaces=replaces, at=at)
    except Refused as refusal:
        return {"taken": False, "name": name, "sentence": f"{name} — {refusal}"}
    sentence = (
        _("« %(name)s » est joint.") if not replaces else _("« %(name)s » remplace l’ancien.")
    )
    return {"taken": True, "name": name, "sentence": sentence % {"name": name}}


@require_POST
def remove(request, pk, document):
    dossier = find(request.user, pk)
    document = get_object_or_404(dossier.documents.current(), pk=document)
    document.dossier = dossier
    try:
        operations.remove_document(document, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("« %(name)s » est retiré.") % {"name": document.name})
    return back_to(dossier, document.key)


def back_to(dossier, key):
    section = definition_of(dossier).section_of(key)
    if section is None:
        return redirect(dossier)
    place = reverse("dossiers:section", args=[dossier.pk, section.key])
    return redirect(f"{place}#div_id_{key}")


@require_GET
def files(request, pk):
    """Every version of every file, and what was refused: for the company alone."""
    dossier = find(request.user, pk)
    if not dossier.is_colleague:
        raise Http404
    context = {
        "dossier": dossier,
        "pieces": filed(dossier, request.user),
        "refused": dossier.refused_uploads.select_related("sent_by")[:100],
    }
    return render(request, "grants/dossiers/files.html", context)


@require_GET
def document(request, pk, document):
    return served(request, readable(request.user, pk, document))


@require_GET
def preview(request, pk, document):
    return served(request, readable(request.user, pk, document), shown=True)


def readable(user, pk, document):
    dossier = find(user, pk)
    found = get_object_or_404(dossier.documents.select_related("scan"), pk=document)
    if not dossier.is_colleague and not was_handed_in(dossier, found):
        raise Http404
    return found


def was_handed_in(dossier, document):
    """The funder reads what was sent, not what is being prepared."""
    contents = [submission.content for submission in dossier.submissions.all()]
    return document.pk in {told["id"] for content in contents for told in content["documents"]}
