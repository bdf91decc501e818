from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.dossiers import permissions as dossiers_may
from grants.dossiers.states import State
from grants.screening import operations
from grants.screening.digest import is_late
from grants.screening.forms import ExtensionForm
from grants.screening.views.judging import received_or_404


def extend_completion(request, pk):
    found = received_or_404(request, pk)
    require(dossiers_may.SCREEN, request.user, found)
    form = ExtensionForm(request.POST or None, given=found.reopened_until)
    if request.method == "POST" and form.is_valid() and extend(request, found, form):
        return redirect("screening:dossier", pk)
    context = {
        "dossier": found,
        "form": form,
        "is_open": found.state == State.INCOMPLETE,
        "is_late": is_late(found, timezone.now()),
    }
    return render(request, "grants/screening/extend_completion.html", context)


extend_completion.keeps_any_text = True


def extend(request, dossier, form):
    try:
        operations.extend_completion(dossier, actor=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Le délai est prolongé : l’entreprise en est prévenue."))
    return True
