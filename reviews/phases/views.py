from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Refused, require
from grants.programmes.models import Call
from grants.programmes.permissions import ORGANISE
from reviews.phases import operations
from reviews.phases import permissions as may
from reviews.phases.forms import EndsForm
from reviews.phases.setups import BY_KEY, SETUPS


@require_safe
def call(request, call_pk):
    return show(request, find(request, call_pk))


def find(request, pk):
    calls = Call.objects.filter(may.SEE.rows(request.user)).select_related("programme")
    return get_object_or_404(calls, pk=pk)


def show(request, call, *, form=None):
    phases = list(call.phases.all())
    may_set_up = may.SET_UP.allows(request.user, call)
    context = {
        "call": call,
        "phases": phases,
        "setup": BY_KEY.get(phases[0].setup) if phases else None,
        "now": timezone.now(),
        "is_blind": call.state != "draft" and not all(one.names_applicants for one in phases),
        "setups": [(s, operations.drafts_of(call, s)) for s in SETUPS] if may_set_up else [],
        "drifted": may_set_up and operations.has_drifted(call, phases),
        "form": form or ends_form(request.user, call, phases),
        "may_plan": ORGANISE.allows(request.user, call),
    }
    return render(request, "reviews/phases/call.html", context)


def ends_form(user, call, phases):
    if not phases or not may.MOVE.allows(user, call):
        return None
    return EndsForm(phases=phases)


@require_POST
def set_up(request, call_pk):
    call = find(request, call_pk)
    require(may.manager, request.user, call)
    try:
        operations.set_up(call, request.POST.get("setup", ""), actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("La façon de lire les dossiers de cet appel est enregistrée."))
    return redirect("phases:call", call_pk)


@require_POST
def move(request, call_pk):
    call = find(request, call_pk)
    require(may.manager, request.user, call)
    form = EndsForm(request.POST, phases=list(call.phases.all()))
    if not form.is_valid():
        return show(request, call, form=form)
    try:
        operations.move(call, form.ends(), actor=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return show(request, call, form=form)
    messages.success(request, _("Les dates des phases sont enregistrées."))
    for note in form.notes():
        messages.info(request, note)
    return redirect("phases:call", call_pk)


move.keeps_any_text = True
