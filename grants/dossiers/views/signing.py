from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Refused
from grants.dossiers import operations
from grants.dossiers.finding import find


@require_POST
def sign(request, pk):
    at = timezone.now()
    dossier = find(request.user, pk)
    seen = request.POST.get("seen", "")
    try:
        operations.sign(dossier, seen=seen, actor=request.user, at=at)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Votre accord est enregistré. L’équipe peut déposer."))
    return redirect("dossiers:check", pk)


@require_POST
def ask_sign_off(request, pk):
    dossier = find(request.user, pk)
    try:
        operations.ask_for_sign_off(dossier, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("La demande est partie, par message et par courriel."))
    return redirect("dossiers:check", pk)
