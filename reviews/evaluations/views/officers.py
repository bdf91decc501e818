"""What the people of the programme do with evaluations: hand out, read, reopen."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import Refused, require
from grants.core.prepared import prepared
from grants.dossiers.models import Dossier
from grants.dossiers.states import RECEIVED
from grants.programmes.models import Call
from reviews.assignments import permissions as may_assign
from reviews.assignments.finding import followed as followed_dossier
from reviews.assignments.finding import readings_of
from reviews.evaluations import operations
from reviews.evaluations import permissions as may
from reviews.evaluations.forms import ReopeningForm
from reviews.evaluations.models import Evaluation
from reviews.evaluations.remarks import DiscussionNote
from reviews.evaluations.sheet import read_sheet
from reviews.experts.models import Expert


@require_POST
def hand_out(request, call_pk):
    call = get_object_or_404(Call.objects.followed_by(request.user).for_list(), pk=call_pk)
    require(may_assign.PLAN, request.user, call)
    digest = request.POST.get("digest", "")
    try:
        given = operations.hand_out(call, digest=digest, actor=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("assignments:plan", call_pk)
    told = ngettext(
        "%(n)d lecture est confiée ; l’expert est averti.",
        "%(n)d lectures sont confiées ; chaque expert est averti une fois.",
        len(given),
    )
    messages.success(request, told % {"n": len(given)})
    return redirect("assignments:overview", call_pk)


@require_POST
def add_reader(request, pk):
    dossier = get_object_or_404(followed(request), pk=pk)
    require(may_assign.PLAN, request.user, dossier.call)
    experts = Expert.objects.filter(seats__call=dossier.call).select_related("user")
    expert = get_object_or_404(experts, pk=number_in(request, "expert"))
    instead = dossier.assignments.active().filter(pk=number_in(request, "instead")).first()
    reason = request.POST.get("reason", "").strip()[:300] or _("Un autre expert lira ce dossier.")
    try:
        operations.add_reader(dossier, expert, actor=request.user, instead=instead, reason=reason)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("Le dossier est confié à %(expert)s, qui en est averti.") % {"expert": expert},
        )
    return redirect("assignments:dossier", pk)


def number_in(request, name):
    """The number typed, or 0, which nobody has."""
    typed = request.POST.get(name, "")
    return typed if typed.isascii() and typed.isdigit() and len(typed) < 18 else 0


def followed(request):
    calls = Call.objects.followed_by(request.user)
    return Dossier.objects.filter(call__in=calls, state__in=RECEIVED).for_detail()


@prepared
def evaluations_on(user, dossier):
    given = Evaluation.objects.filter(assignment__dossier=dossier).seen_by(user)
    return given.for_staff().order_by("submitted_at", "pk")


def for_dossier(request, pk):
    return show(request, followed_dossier.one_or_404(request.user, pk))


def show(request, dossier, *, form=None, reopening=None):
    evaluations = evaluations_on(request.user, dossier.pk)
    for evaluation in evaluations:
        evaluation.assignment.dossier = dossier  # known already, with its call
    readers = len(readings_of(dossier.pk))
    context = {
        "dossier": dossier,
        "sheets": [read_sheet(evaluation) for evaluation in evaluations],
        "awaited": max(readers - sum(e.assignment.state == "active" for e in evaluations), 0),
        "remarks": remarks_on(dossier.pk),
        "form": form or ReopeningForm(),
        "reopening": reopening,
        "may_reopen": may_assign.PLAN.allows(request.user, dossier.call),
    }
    return render(request, "reviews/evaluations/for_dossier.html", context)


@prepared
def remarks_on(dossier):
    said = DiscussionNote.objects.filter(evaluation__assignment__dossier=dossier)
    return said.select_related("evaluation__assignment__expert__user")


@require_POST
def reopen(request, pk):
    evaluations = Evaluation.objects.filter(assignment__dossier__in=followed(request).values("pk"))
    evaluation = get_object_or_404(evaluations.for_desk(), pk=pk)
    require(may.REOPEN, request.user, evaluation)
    dossier = evaluation.assignment.dossier
    form = ReopeningForm(request.POST, auto_id=f"%s-{evaluation.pk}")
    if not form.is_valid():
        return show(request, dossier, form=form, reopening=evaluation.pk)
    try:
        operations.reopen(evaluation, reason=form.cleaned_data["reason"], actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("L’évaluation est rendue à %(expert)s, qui en est averti.")
            % {"expert": evaluation.assignment.expert},
        )
    return redirect("evaluations:for_dossier", dossier.pk)


reopen.keeps_any_text = True
