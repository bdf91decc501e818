from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.disclosure import operations
from grants.disclosure import permissions as may
from grants.disclosure.forms import RecipientForm
from grants.disclosure.masking import copy_of, is_decided
from grants.dossiers.models import Dossier
from grants.formbuilder.confidentiality import LABELS


def copy(request, dossier_pk):
    """What the copy would mask; handing it over is a click that says to whom."""
    dossier = get_object_or_404(
        Dossier.objects.seen_by(request.user).select_related("call__programme", "organisation"),
        pk=dossier_pk,
    )
    require(may.HAND_OVER, request.user, dossier)
    form = RecipientForm(request.POST or None)
    if form.is_valid():
        try:
            pdf = operations.hand_over(dossier, **form.cleaned_data, actor=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            return as_file(pdf, dossier)
    return render(request, "grants/disclosure/copy.html", page_of(dossier, form))


def as_file(pdf, dossier):
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"copie-communicable-{dossier.reference}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def page_of(dossier, form):
    submission = dossier.submissions.order_by("version").last()
    is_open = submission is not None and is_decided(dossier)
    masked = copy_of(submission).masked if is_open else {}
    return {
        "dossier": dossier,
        "form": form,
        "is_open": is_open,
        "masked": [(LABELS[name], n) for name, n in masked.items()],
        "copies": dossier.handed_copies.select_related("by")[:20],
        "act": _("Télécharger la copie communicable (PDF)"),
    }
