from django.contrib import messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import reswap, retarget

from accounts.access import Refused, require
from grants.core.prepared import prepared
from grants.decisions import operations
from grants.decisions import permissions as may
from grants.decisions.feedback import told_of
from grants.decisions.flow import FLOW
from grants.decisions.forms import AmountForm, PrepareForm, SendBackForm
from grants.decisions.models import Allocation, Decision
from grants.decisions.studio import one_row_of
from grants.decisions.studio_kept import table_of
from grants.decisions.studio_rows import rows_as_html
from grants.dossiers import permissions as dossiers_may
from grants.dossiers.models import Dossier
from grants.history.permissions import keeps_proof
from grants.programmes.models import Call
from grants.programmes.states import CallState


@require_GET
def list(request):
    calls = Call.objects.followed_by(request.user).for_list().select_related("allocation__envelope")
    return render(
        request,
        "grants/decisions/list.html",
        {
            "allocations": Allocation.objects.seen_by(request.user).for_list(),
            "waiting": calls.filter(state=CallState.RANKED, allocation=None),
            "keeps_proof": keeps_proof(request.user),
        },
    )


def prepare(request, call_pk):
    call = get_object_or_404(Call.objects.followed_by(request.user), pk=call_pk)
    require(may.PREPARE, request.user, Allocation(call=call))
    form = PrepareForm(request.POST or None, call=call)
    if form.is_valid():
        try:
            allocation = operations.prepare(
                call, envelope=form.cleaned_data["envelope"], actor=request.user
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            return redirect(allocation)
    return render(request, "grants/decisions/prepare.html", {"form": form, "call": call})


@require_GET
def studio(request, pk):
    return show_studio(request, find(request, pk))


def find(request, pk):
    return seen.one_or_404(request.user, pk)


@prepared
def seen(user, pk):
    return Allocation.objects.seen_by(user).for_detail().filter(pk=pk)


def show_studio(request, allocation, *, typed=None, back_form=None):
    """The whole page, or only its ranking when HTMX asks; `typed` is a refused row."""
    may_edit = allocation.state == "preparing" and may.PREPARE.allows(request.user, allocation)
    token = get_token(request) if may_edit else None
    rows, head = table_of(allocation, token=token, typed=typed)
    context = {
        "allocation": allocation,
        "call": allocation.call,
        "studio": head,
        "rows": rows,
        "steps": FLOW.open_steps(request.user, allocation),
        "may_edit": may_edit,
        "back_form": back_form or SendBackForm(),
    }
    page = "_ranking.html" if request.htmx else "studio.html"
    return render(request, f"grants/decisions/{page}", context)


@require_POST
def revise(request, pk):
    decisions = Decision.objects.select_related("allocation__call__programme", "dossier")
    decision = get_object_or_404(
        decisions, pk=pk, allocation__in=Allocation.objects.seen_by(request.user)
    )
    form, was_awarded = AmountForm(request.POST), decision.amount > 0
    refusal = revise_from(form, decision, request.user)
    allocation = find(request, decision.allocation_id)
    if refusal:
        typed = {"pk": decision.pk, "error": refusal, **form.data.dict()}
        return show_studio(request, allocation, typed=typed)
    if not request.htmx:
        return redirect(f"{allocation.get_absolute_url()}#ligne-{decision.rank}")
    if was_awarded == ((form.euros_of(decision) or 0) > 0):
        return show_row(request, allocation, decision)
    return show_studio(request, allocation)


def show_row(request, allocation, decision):
    """The changed line and the head: enough while nobody enters the awards or leaves them."""
    row, head = one_row_of(allocation, decision.pk)
    line = rows_as_html([row], token=get_token(request))
    above = render_to_string(
        "grants/decisions/_head.html", {"studio": head, "apart": True}, request=request
    )
    response = HttpResponse(line + above)
    return reswap(retarget(response, f"#ligne-{decision.rank}"), "outerHTML")


def revise_from(form, decision, actor):
    """Apply one row; return the sentence that refuses it, or nothing."""
    require(may.PREPARE, actor, decision.allocation)
    if not form.is_valid():
        return " ".join(error for errors in form.errors.values() for error in errors)
    values = form.cleaned_data
    try:
        operations.revise(
            decision,
            amount=form.euros_of(decision),
            reason=values["reason"],
            version=values["version"],
            actor=actor,
        )
    except Refused as refusal:
        return str(refusal)
    return ""


def step(request, pk, act, done):
    """Take one step of the flow and come back to the studio with its outcome said."""
    allocation = find(request, pk)
    try:
        act(allocation)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(allocation)


@require_POST
def propose(request, pk):
    return step(
        request,
        pk,
        lambda allocation: operations.propose(allocation, actor=request.user),
        _("Proposition transmise. Une autre personne va la contrôler."),
    )


@require_POST
def check(request, pk):
    return step(
        request,
        pk,
        lambda allocation: operations.check(allocation, actor=request.user),
        _("Proposition contrôlée. Reste à établir le rapport, puis à saisir le vote."),
    )


@require_POST
def send_back(request, pk):
    return step(
        request,
        pk,
        lambda allocation: operations.send_back(
            allocation, reason=request.POST.get("reason", ""), actor=request.user
        ),
        _("Proposition renvoyée à son auteur, avec votre motif."),
    )


@require_POST
def announce(request, pk):
    return step(
        request,
        pk,
        lambda allocation: operations.announce(allocation, actor=request.user),
        _("Décisions annoncées. L’argent est engagé, les entreprises sont prévenues."),
    )


@require_GET
def decision(request, dossier_pk):
    found = announced(request, dossier_pk)
    return render(
        request,
        "grants/decisions/decision.html",
        {
            "decision": found,
            "dossier": found.dossier,
            "line": found.dossier.rank_line,
            "feedback": told_of(found.dossier),
            "may_issue_file": may.ISSUE_FILE.allows(request.user, found.allocation),
            "letters": found.letters.all(),
            "appeals": found.appeals.all(),
            "may_appeal": may_appeal(request.user, found.dossier),
        },
    )


def may_appeal(user, dossier):
    """The company contests its decision; an officer enters what came on paper."""
    rules = (dossiers_may.applicant, dossiers_may.officer)
    return any(rule.allows(user, dossier) for rule in rules)


def announced(request, dossier_pk):
    decisions = Decision.objects.announced().select_related(
        "allocation__call__programme", "dossier__rank_line", "dossier__call__programme",
        "dossier__organisation",
    )  # fmt: skip
    seen = Dossier.objects.seen_by(request.user)
    return get_object_or_404(decisions, dossier=dossier_pk, dossier__in=seen)
