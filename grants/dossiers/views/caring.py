from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.access import Refused
from grants.dossiers import operations
from grants.dossiers.finding import find
from grants.dossiers.forms import number_in
from grants.dossiers.forms_of import definition_of
from grants.dossiers.messages import colleagues

MARKS = {
    "complete": (operations.complete, gettext_lazy("« %(title)s » est marquée complète.")),
    "reopen": (operations.reopen, gettext_lazy("« %(title)s » n’est plus marquée complète.")),
}
NOBODY = gettext_lazy("« %(title)s » n’est plus confiée à personne en particulier.")


@require_POST
def care(request, pk, key):
    """Entrust a section to somebody, or say that it is done, or that it is not."""
    dossier = find(request.user, pk)
    try:
        told = act(request, dossier, key)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect(dossier)


def act(request, dossier, key):
    """Do what was asked, and the sentence that says so."""
    if request.POST.get("mark") in MARKS:
        mark, told = MARKS[request.POST["mark"]]
        mark(dossier, key, actor=request.user)
        return told % {"title": definition_of(dossier).section(key).title}
    chosen = request.POST.get("holder", "")
    holder = get_object_or_404(colleagues(dossier), pk=number_in(chosen)) if chosen else None
    operations.entrust(dossier, key, holder=holder, actor=request.user)
    told = _("« %(title)s » est confiée à %(name)s.") if holder else NOBODY
    return told % {"title": definition_of(dossier).section(key).title, "name": holder}
