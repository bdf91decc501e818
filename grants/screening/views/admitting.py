from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import require
from grants.screening import operations
from grants.screening import permissions as may
from grants.screening.views.queue import back, chosen, tell_refusals


@require_POST
def admit_many(request):
    """Shown first: who would be admitted, who would not and why; then done, each one alone."""
    dossiers = chosen(request)
    if not dossiers:
        messages.error(request, _("Cochez au moins un dossier."))
        return back(request)
    for dossier in {dossier.call.programme_id: dossier for dossier in dossiers}.values():
        require(may.CHECK, request.user, dossier)
    if request.POST.get("confirmed") == "yes":
        return admitted(request, dossiers)
    foreseen = operations.foretell_admission(dossiers)
    context = {"ready": foreseen.done, "refused": foreseen.refused}
    context["address"] = request.POST.get("next", "")[:2000]
    return render(request, "grants/screening/admit_many.html", context)


def admitted(request, dossiers):
    outcome = operations.in_bulk(operations.admit, dossiers, actor=request.user)
    n = len(outcome.done)
    if n:
        told = ngettext(
            "%(n)s dossier est recevable. L’entreprise est prévenue.",
            "%(n)s dossiers sont recevables. Les entreprises sont prévenues.",
            n,
        )
        messages.success(request, told % {"n": n})
    tell_refusals(request, outcome)
    return back(request)
