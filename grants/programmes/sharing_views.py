from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Refused, require
from grants.core.territories import DEPARTMENT_CHOICES
from grants.programmes import permissions as may
from grants.programmes.models import Call, Theme
from grants.programmes.sharing import SharingRules
from grants.programmes.sharing_acts import announce_draw, reveal_draw, set_sharing
from grants.programmes.sharing_forms import BoundFormSet, SeedForm, SharingForm


def sharing(request, pk):
    call = get_object_or_404(Call.objects.seen_by(request.user).for_page(), pk=pk)
    require(may.EDIT, request.user, call)
    rules = getattr(call, "sharing", None) or SharingRules(call=call)
    form = SharingForm(request.POST or None, instance=rules, call=call)
    bounds = BoundFormSet(
        request.POST or None,
        initial=list(call.sharing_bounds.values("kind", "theme", "department", "amount")),
        form_kwargs={
            "themes": Theme.objects.filter(programme=call.programme_id),
            "departments": DEPARTMENT_CHOICES,
        },
    )
    if request.method == "POST" and save(call, form, bounds, request):
        return redirect(call)
    context = {"call": call, "form": form, "bounds": bounds}
    return render(request, "grants/programmes/sharing.html", context)


def save(call, form, bounds, request):
    if not (form.is_valid() and bounds.is_valid()):
        return False
    rows = [one.row for one in bounds if one.row]
    try:
        set_sharing(call, bounds=rows, actor=request.user, **form.values())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Les règles de répartition sont enregistrées."))
    return True


@require_POST
def draw(request, pk):
    """Publish the digest of a seed, or the seed itself once the ranking is settled."""
    call = get_object_or_404(Call.objects.seen_by(request.user).for_page(), pk=pk)
    require(may.OPEN, request.user, call)
    form = SeedForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["seed"]))
        return redirect(call)
    act = reveal_draw if hasattr(call, "draw") else announce_draw
    try:
        act(call, seed=form.cleaned_data["seed"], actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("C’est publié sur la page de l’appel."))
    return redirect(call)
