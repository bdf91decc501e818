from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import Refused, require
from grants.core.typesetting import CannotTypeset
from grants.decisions import permissions as may
from grants.decisions.flow import FLOW
from grants.decisions.models import Allocation, Decision
from grants.votes import operations
from grants.votes.forms import AmendmentForm, DeliberationForm, RecusalForm
from grants.votes.models import Recusal
from grants.votes.page import page_of
from grants.votes.report import report_pdf


def find(request, pk):
    return get_object_or_404(Allocation.objects.seen_by(request.user).for_detail(), pk=pk)


def find_line(request, pk):
    lines = Decision.objects.select_related("allocation__call__programme", "allocation__envelope")
    return get_object_or_404(lines, pk=pk, allocation__in=Allocation.objects.seen_by(request.user))


def vote(request, pk):
    """The vote as it stands; POST enters the deliberation."""
    allocation = find(request, pk)
    if request.method != "POST":
        return show(request, allocation)
    require(may.ANNOUNCE, request.user, allocation)
    form = DeliberationForm(request.POST, allocation=allocation)
    if form.is_valid():
        try:
            operations.deliberate(allocation, **form.cleaned_data, actor=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Vote enregistré. Les décisions peuvent être annoncées."))
            return redirect("votes:vote", pk)
    return show(request, allocation, vote_form=form)


def show(request, allocation, *, line="", **forms):
    """The page; `forms` replaces those of them that were just refused, `line` is being amended."""
    page = page_of(allocation)
    steps = FLOW.open_steps(request.user, allocation)
    chosen = line or request.GET.get("ligne", "")
    context = {
        "allocation": allocation,
        "call": allocation.call,
        "steps": steps,
        "may_enter": "vote" in steps,
        "chosen": next((row for row in page["rows"] if str(row["pk"]) == chosen), None),
        "vote_form": DeliberationForm(allocation=allocation),
        "recusal_form": RecusalForm(decisions=[]),
        "amendment_form": AmendmentForm(),
        **page,
        **forms,
    }
    return render(request, "grants/votes/vote.html", context)


@require_POST
def report(request, pk):
    allocation = find(request, pk)
    try:
        operations.report(allocation, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(allocation)
    messages.success(request, _("Rapport établi. Après le vote, saisissez la délibération ici."))
    return redirect("votes:vote", pk)


@require_GET
def pdf(request, pk):
    found = find(request, pk).reports.first()
    if found is None:
        raise Http404
    try:
        made = report_pdf(found)
    except CannotTypeset:
        messages.error(request, _("Le rapport n’a pas pu être mis en page. Réessayez plus tard."))
        return redirect("votes:vote", pk)
    response = HttpResponse(made, content_type="application/pdf")
    name = f"rapport-{found.content['code']}-{found.version}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def amend(request, pk):
    decision = find_line(request, pk)
    require(may.ANNOUNCE, request.user, decision.allocation)
    form = AmendmentForm(request.POST)
    if form.is_valid():
        try:
            operations.amend(decision, **form.cleaned_data, actor=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Ligne amendée. La proposition reste lisible à côté."))
            return redirect("votes:vote", decision.allocation_id)
    allocation = find(request, decision.allocation_id)
    return show(request, allocation, line=str(pk), amendment_form=form)


@require_POST
def cancel_amendment(request, pk):
    decision = find_line(request, pk)
    return told(
        request,
        decision.allocation_id,
        lambda: operations.cancel_amendment(decision, actor=request.user),
        _("Amendement retiré : la ligne redit la proposition."),
    )


@require_POST
def recuse(request, pk):
    allocation = find(request, pk)
    require(may.ANNOUNCE, request.user, allocation)
    lines = allocation.decisions.select_related("dossier__call")
    form = RecusalForm(request.POST, decisions=lines)
    if not form.is_valid():
        return show(request, allocation, recusal_form=form)
    cleaned = form.cleaned_data
    return told(
        request,
        pk,
        lambda: operations.recuse(
            allocation,
            member=cleaned["member"],
            decisions=cleaned["references"],
            actor=request.user,
        ),
        _("Déport enregistré."),
    )


@require_POST
def cancel_recusal(request, pk):
    recusals = Recusal.objects.select_related("decision__allocation__call__programme")
    seen = Allocation.objects.seen_by(request.user)
    found = get_object_or_404(recusals, pk=pk, decision__allocation__in=seen)
    return told(
        request,
        found.decision.allocation_id,
        lambda: operations.cancel_recusal(found, actor=request.user),
        _("Déport retiré."),
    )


@require_POST
def reopen(request, pk):
    allocation = find(request, pk)
    return told(
        request,
        pk,
        lambda: operations.reopen(
            allocation, reason=request.POST.get("reason", ""), actor=request.user
        ),
        _("Saisie reprise. Corrigez-la, puis enregistrez de nouveau la délibération."),
    )


@require_POST
def adjourn(request, pk):
    allocation = find(request, pk)
    return told(
        request,
        pk,
        lambda: operations.adjourn(
            allocation, reason=request.POST.get("reason", ""), actor=request.user
        ),
        _("Rapport retiré. La proposition est de nouveau en préparation."),
    )


def told(request, allocation_pk, act, done):
    """Take one act and come back to the vote with its outcome said."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("votes:vote", allocation_pk)
