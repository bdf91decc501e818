from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.dossiers import operations
from grants.dossiers.finding import find


@require_POST
def acknowledge_form(request, pk):
    dossier = find(request.user, pk)
    operations.acknowledge_form(dossier, actor=request.user)
    messages.success(request, _("C’est noté. Vérifiez les réponses concernées avant de déposer."))
    return redirect(dossier)
