from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import Refused, require
from grants.dossiers import operations
from grants.dossiers import permissions as may
from grants.dossiers.agreement import agreement_on
from grants.dossiers.as_read import answers_as_read
from grants.dossiers.coherence import doubts_of
from grants.dossiers.finding import find
from grants.dossiers.forms import WithdrawalForm, number_in
from grants.dossiers.forms_of import filled, form_changes_of
from grants.dossiers.holding import in_time
from grants.dossiers.kept import versions_of
from grants.dossiers.states import ALIVE
from grants.dossiers.verdict_inputs import verdict_of
from grants.formbuilder.sheets import anchor_of


@require_GET
def check(request, pk):
    dossier = find(request.user, pk)
    if not dossier.is_colleague:
        raise Http404
    if not dossier.is_editable:
        return redirect(dossier)
    form, now = filled(dossier), timezone.now()
    agreement = agreement_on(dossier, form, request.user)
    context = {
        "dossier": dossier,
        "filled": form,
        "answers": answers_as_read(form, dossier.pk),
        "agreement": agreement,
        "may_submit": dossier.is_author and (agreement is None or agreement.lets_submit),
        "form_changes": form_changes_of(dossier),
        "problems": [(section, reply, anchor_of(reply)) for section, reply in form.problems],
        "doubts": list(doubts_in(form)),
        "verdict": verdict_of(dossier, form, on=timezone.localdate(now)),
        "is_open": in_time(dossier, now),
        "seen": len(versions_of(dossier.pk)),
    }
    return render(request, "grants/dossiers/check.html", context)


def doubts_in(form):
    """Each doubt with the section and the field that settle it."""
    for key, sentence in doubts_of(form):
        reply = form.replies[key]
        section = next(s.section for s in form.sections if reply in s.replies)
        yield section, reply, anchor_of(reply), sentence


@require_POST
def submit(request, pk):
    at = timezone.now()
    dossier = find(request.user, pk)
    seen = request.POST.get("after")
    try:
        operations.submit(
            dossier,
            actor=request.user,
            at=at,
            after=None if seen is None else number_in(seen),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("dossiers:check", dossier.pk)
    told = _(
        "Votre dossier est déposé. L’accusé de réception est sur cette page et dans vos messages."
    )
    messages.success(request, told)
    return redirect(dossier)


def withdraw(request, pk):
    dossier = find(request.user, pk)
    require(may.WITHDRAW, request.user, dossier)
    if dossier.state not in ALIVE:
        messages.error(request, _("Ce dossier ne peut plus être retiré."))
        return redirect(dossier)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return take_back(request, dossier, form.cleaned_data["reason"])
    return render(request, "grants/dossiers/withdraw.html", {"dossier": dossier, "form": form})


# A character nothing can store is said at its field, the text around it stays.
withdraw.keeps_any_text = True


def take_back(request, dossier, reason):
    try:
        operations.withdraw(dossier, actor=request.user, reason=reason)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Le dossier est retiré. Le service en est informé."))
    return redirect(dossier)
