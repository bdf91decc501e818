from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.programmes import permissions as programmes_may
from grants.programmes.models import Call
from grants.screening import operations
from grants.screening.forms import LineFormSet
from grants.screening.lines import items_of


def lines(request, call):
    """The checklist of a call, a row each and three blank ones; a row emptied is taken away."""
    found = get_object_or_404(Call.objects.followed_by(request.user).for_page(), pk=call)
    require(programmes_may.ORGANISE, request.user, found)
    shown = [{"key": i.key, "label": i.label, "guide": i.guide} for i in items_of(found.pk)]
    formset = LineFormSet(request.POST or None, initial=shown, prefix="lines")
    problem = ""
    if request.method == "POST" and formset.is_valid():
        try:
            operations.set_lines(found, formset.lines(), actor=request.user)
        except Refused as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("La liste de contrôle est enregistrée."))
            return redirect(found)
    context = {"call": found, "formset": formset, "problem": problem}
    return render(request, "grants/screening/lines.html", context)
