"""Before a session: convene it, change it, give it up."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import Refused, require
from grants.programmes.models import Call
from reviews.committees import operations
from reviews.committees import permissions as may
from reviews.committees.forms import SessionForm
from reviews.committees.models import Session
from reviews.committees.states import SessionState
from reviews.committees.views.room import find


@require_GET
def list(request):
    sessions = Session.objects.seen_by(request.user).for_list()[:100]
    return render(request, "reviews/committees/list.html", {"sessions": sessions})


def plan(request, call_pk):
    """The session of a call, or the page that convenes one."""
    call = get_object_or_404(Call.objects.followed_by(request.user).for_page(), pk=call_pk)
    known = call.sessions.standing().first()
    if known is not None:
        return redirect(known)
    require(may.PLAN, request.user, call)
    form = SessionForm(request.POST or None, call=call)
    if form.is_valid():
        session = convene(form, lambda **v: operations.plan(call, actor=request.user, **v))
        if session is not None:
            messages.success(
                request, _("Le comité est convoqué : chaque membre reçoit un message.")
            )
            return redirect(session)
    return render(request, "reviews/committees/plan.html", {"form": form, "call": call})


plan.keeps_any_text = True


def revise(request, pk):
    session = find(request, pk)
    require(may.PREPARE, request.user, session)
    if session.state != SessionState.PREPARED:
        return redirect(session)
    initial = {name: getattr(session, name) for name in ("held_at", "place", "mode", "quorum")}
    form = SessionForm(request.POST or None, call=session.call, session=session, initial=initial)
    if form.is_valid():
        act = operations.revise
        if convene(form, lambda **v: act(session, actor=request.user, **v)) is not None:
            messages.success(request, _("La préparation est enregistrée."))
            return redirect(session)
    context = {"form": form, "call": session.call, "session": session}
    return render(request, "reviews/committees/plan.html", context)


revise.keeps_any_text = True


def convene(form, act):
    """What the act returns, or nothing with the refusal told in the form."""
    try:
        with transaction.atomic():
            parts = form.parts()
            outside = form.outside()
            if outside is not None:
                person = operations.invite_person(**outside)
                parts[person] = form.cleaned_data["outside_part"]
            return act(parts=parts, **form.values())
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return None


@require_POST
def rebuild(request, pk):
    session = find(request, pk)
    try:
        operations.rebuild_agenda(session, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("L’ordre du jour suit les évaluations remises à ce jour."))
    return redirect(session)


@require_POST
def cancel(request, pk):
    session = find(request, pk)
    try:
        operations.cancel(session, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(session)
    messages.success(request, _("La séance est annulée ; ses membres sont prévenus."))
    return redirect("committees:list")
