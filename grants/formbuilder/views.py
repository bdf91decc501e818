from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Refused
from grants.formbuilder import operations
from grants.programmes.models import Call


@require_POST
def adopt(request, pk):
    call = get_object_or_404(Call.objects.seen_by(request.user), pk=pk)
    try:
        operations.adopt_form(call, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Le formulaire est repris et publié avec cet appel."))
    return redirect(call)
