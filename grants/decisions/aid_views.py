from django import forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.access import Refused, require
from grants.core.fields import EurosField
from grants.core.moments import DayField
from grants.decisions import permissions as may
from grants.decisions.models import Allocation, ControlChange, Decision
from grants.decisions.operations.aiding import (
    ask_exception,
    reassess,
    record_control,
    sign_exception,
    told_of,
)

SIREN = RegexValidator(r"^\d{9}$", gettext_lazy("Un SIREN a neuf chiffres."))


class ControlForm(forms.Form):
    siren = forms.CharField(label=gettext_lazy("SIREN de l’entreprise"), validators=[SIREN])
    by_siren = forms.CharField(
        label=gettext_lazy("SIREN de celle qui la contrôle"), validators=[SIREN]
    )
    since = DayField(label=gettext_lazy("Depuis le"))
    source = forms.CharField(label=gettext_lazy("Source"), max_length=250)


class ExceptionForm(forms.Form):
    amount = EurosField(label=gettext_lazy("Montant permis"))
    reason = forms.CharField(label=gettext_lazy("Motif"), max_length=1000)


@require_GET
def aid(request, pk):
    return show(request, find(request, pk))


def find(request, pk):
    return get_object_or_404(Allocation.objects.seen_by(request.user).for_detail(), pk=pk)


def show(request, allocation, *, control=None, typed=None):
    """`typed`: a refused exception, {pk, form}."""
    decisions = list(
        allocation.decisions.filter(basis__isnull=False)
        .select_related("basis", "dossier__organisation", "exception__asked_by",
                        "exception__signed_by")
        .order_by("rank")
    )  # fmt: skip
    for decision in decisions:
        decision.dossier.call = allocation.call
        decision.waiver = getattr(decision, "exception", None)
    sirens = {siren for decision in decisions for siren in decision.basis.undertaking}
    changes = ControlChange.objects.filter(siren__in=sirens).order_by("-pk")
    may_edit = allocation.state != "announced" and may.PREPARE.allows(request.user, allocation)
    context = {
        "allocation": allocation,
        "call": allocation.call,
        "decisions": decisions,
        "changes": [told_of(change) for change in changes],
        "control_form": control or ControlForm(),
        "may_edit": may_edit,
        "may_sign": may.CHECK.allows(request.user, allocation),
        "typed": typed or {"pk": None},
    }
    return render(request, "grants/decisions/aid.html", context)


@require_POST
def reassess_all(request, pk):
    allocation = find(request, pk)
    try:
        over = reassess(allocation, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if over:
            told = {"n": len(over), "list": ", ".join(str(d.dossier) for d in over)}
            messages.warning(
                request,
                ngettext(
                    "Plafonds relus : %(n)d montant dépasse le sien : %(list)s.",
                    "Plafonds relus : %(n)d montants dépassent le leur : %(list)s.",
                    len(over),
                )
                % told,
            )
        else:
            messages.success(request, _("Plafonds relus : aucun montant ne dépasse le sien."))
    return redirect("decisions:aid", pk)


@require_POST
def control(request, pk):
    allocation = find(request, pk)
    require(may.PREPARE, request.user, allocation)
    form = ControlForm(request.POST)
    if not form.is_valid():
        return show(request, allocation, control=form)
    try:
        record_control(allocation, actor=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return show(request, allocation, control=form)
    messages.success(request, _("C’est noté. Relisez les plafonds pour en tenir compte."))
    return redirect("decisions:aid", pk)


@require_POST
def ask(request, pk):
    decision = decision_of(request, pk)
    require(may.PREPARE, request.user, decision.allocation)
    form = ExceptionForm(request.POST)
    if form.is_valid():
        try:
            ask_exception(decision, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    if form.errors:
        allocation = find(request, decision.allocation_id)
        return show(request, allocation, typed={"pk": decision.pk, "form": form})
    messages.success(request, _("Dérogation demandée. Une autre personne la signe."))
    return redirect("decisions:aid", decision.allocation_id)


@require_POST
def sign(request, pk):
    decision = decision_of(request, pk)
    try:
        sign_exception(decision, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Dérogation signée."))
    return redirect("decisions:aid", decision.allocation_id)


def decision_of(request, pk):
    decisions = Decision.objects.select_related("allocation__call__programme", "dossier__call")
    return get_object_or_404(
        decisions, pk=pk, allocation__in=Allocation.objects.seen_by(request.user)
    )
