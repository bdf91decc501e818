from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import Refused, require
from grants.appeals import operations
from grants.appeals import permissions as may
from grants.appeals.dates import silence_rejects_on
from grants.appeals.flow import FLOW
from grants.appeals.forms import AppealForm, GrantForm, PaperAppealForm, RejectForm
from grants.appeals.models import Appeal
from grants.appeals.standing import notified_on, standing_of
from grants.decisions.models import Decision
from grants.decisions.operations.receiving import canonical
from grants.dossiers.models import Dossier

PER_PAGE = 50


def find(request, pk):
    return get_object_or_404(Appeal.objects.seen_by(request.user).for_page(), pk=pk)


@require_GET
def list(request):
    found = Appeal.objects.seen_by(request.user).for_list()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    rows = [(one, silence_rejects_on(one.received_on)) for one in page]
    context = {"page": page, "rows": rows, "today": today}
    return render(request, "grants/appeals/list.html", context)


def new(request, dossier_pk):
    """The company writes its own; an officer enters a paper one."""
    decisions = Decision.objects.announced().select_related(
        "allocation__ranking", "dossier__call__programme", "dossier__organisation"
    )
    seen = Dossier.objects.seen_by(request.user)
    decision = get_object_or_404(decisions, dossier=dossier_pk, dossier__in=seen)
    files = may.FILE.allows(request.user, decision.dossier)
    if not files:
        require(may.ENTER, request.user, decision.dossier)
    form = (AppealForm if files else PaperAppealForm)(request.POST or None)
    if form.is_valid():
        act = operations.file if files else operations.enter
        made = attempt(form, lambda: act(decision, actor=request.user, **form.cleaned_data))
        if made:
            messages.success(request, _("Recours enregistré. L’accusé de réception est parti."))
            return redirect(made)
    context = {"form": form, "decision": decision, "dossier": decision.dossier, "files": files}
    return render(request, "grants/appeals/new.html", context)


def attempt(form, act):
    """What the act gives; nothing when it is refused, and the form says why."""
    try:
        return act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


@require_GET
def appeal(request, pk):
    return show(request, find(request, pk))


def show(request, found, **forms):
    decision = found.decision
    steps = FLOW.open_steps(request.user, found)
    context = {
        "appeal": found,
        "decision": decision,
        "dossier": decision.dossier,
        "standing": standing_of(found, today=timezone.localdate()),
        "steps": steps,
        "may_study": may.STUDY.allows(request.user, found),
        "read_on": notified_on(decision),
        "left": decision.allocation.envelope.left if "grant" in steps else None,
        "reject_form": RejectForm(prefix="reject"),
        "grant_form": GrantForm(prefix="grant"),
        **forms,
    }
    return render(request, "grants/appeals/appeal.html", context)


@require_POST
def reject(request, pk):
    found = find(request, pk)
    require(may.ANSWER, request.user, found)
    form = RejectForm(request.POST, prefix="reject")
    act = operations.reject
    done = _("Recours rejeté. L’entreprise est prévenue, avec vos motifs.")
    return answered(request, found, act, form, done, reject_form=form)


@require_POST
def grant(request, pk):
    found = find(request, pk)
    require(may.ANSWER, request.user, found)
    form = GrantForm(request.POST, prefix="grant")
    act = operations.grant
    done = _("Recours accueilli : l’argent est engagé, le dossier retenu, l’entreprise prévenue.")
    return answered(request, found, act, form, done, grant_form=form)


def answered(request, found, act, form, done, **forms):
    if form.is_valid() and attempt(
        form, lambda: act(found, actor=request.user, **form.cleaned_data)
    ):
        messages.success(request, done)
        return redirect(found)
    return show(request, find(request, found.pk), **forms)


@require_POST
def withdraw(request, pk):
    found = find(request, pk)
    try:
        operations.withdraw(found, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Recours retiré. La décision reste ce qu’elle était."))
    return redirect(found)


@require_GET
def evidence(request, pk):
    """What the decision rested on, the very text whose digest is kept."""
    found = find(request, pk)
    if not may.STUDY.allows(request.user, found):
        raise Http404
    response = HttpResponse(canonical(found.evidence), content_type="application/json")
    name = f"recours-{found.decision.dossier.reference}-{found.pk}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
