from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import Refused
from grants.dossiers import operations
from grants.dossiers.finding import find
from grants.dossiers.forms_of import definition_of
from grants.dossiers.serving import served


@require_POST
def attach(request, pk):
    at = timezone.now()
    dossier = find(request.user, pk)
    key = request.POST.get("key", "")
    uploads = request.FILES.getlist("file")
    if not uploads:
        messages.error(request, _("Choisissez un fichier, puis envoyez-le."))
    for upload in uploads:
        try:
            operations.attach(dossier, key, upload, actor=request.user, at=at)
        except Refused as refusal:
            messages.error(request, f"{upload.name[:80]} — {refusal}")
        else:
            messages.success(request, _("« %(name)s » est joint.") % {"name": upload.name[:80]})
    return back_to(dossier, key)


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
def document(request, pk, document):
    dossier = find(request.user, pk)
    found = get_object_or_404(dossier.documents, pk=document)
    if not dossier.is_colleague and not was_handed_in(dossier, found):
        raise Http404
    return served(found)


def was_handed_in(dossier, document):
    """The funder reads what was sent, not what is being prepared."""
    contents = [submission.content for submission in dossier.submissions.all()]
    return document.pk in {told["id"] for content in contents for told in content["documents"]}
