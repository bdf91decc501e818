from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accounts.access import Refused
from grants.core.fields import EurosField
from grants.decisions import permissions as may
from grants.decisions.models import Allocation, Decision, Promotion
from grants.decisions.operations.promoting import accept, give_up
from grants.decisions.reserve import has_expired, offer_of, waiting_of


class AcceptForm(forms.Form):
    amount = EurosField(label=gettext_lazy("Montant attribué"))


class GiveUpForm(forms.Form):
    reason = forms.CharField(max_length=1000)


@require_GET
def reserve(request, pk):
    allocation = get_object_or_404(Allocation.objects.seen_by(request.user).for_detail(), pk=pk)
    offer = offer_of(allocation)
    awarded = Decision.objects.awarded().filter(allocation=allocation)
    context = {
        "allocation": allocation,
        "call": allocation.call,
        "offer": offer,
        "form": AcceptForm(initial={"amount": offer.amount}) if offer else None,
        "waiting": waiting_of(allocation) if allocation.state == "announced" else [],
        "awarded": awarded.select_related("dossier__call", "dossier__organisation"),
        "has_expired": has_expired(allocation),
        "may_act": may.ANNOUNCE.allows(request.user, allocation),
    }
    return render(request, "grants/decisions/reserve.html", context)


@require_POST
def accept_offer(request, pk):
    promotion = get_object_or_404(
        Promotion.objects.select_related(
            "decision__allocation__call__programme", "decision__allocation__envelope",
            "decision__dossier__call__programme", "decision__dossier__organisation",
        ),
        pk=pk,
        decision__allocation__in=Allocation.objects.seen_by(request.user),
    )  # fmt: skip
    form = AcceptForm(request.POST)
    amount = form.cleaned_data["amount"] if form.is_valid() else 0
    return take(
        request,
        promotion.decision.allocation_id,
        lambda: accept(promotion, amount=amount, actor=request.user),
        _("Dossier retenu : l’argent est engagé, l’entreprise est prévenue, sa lettre part."),
    )


@require_POST
def record_giving_up(request, pk):
    decision = get_object_or_404(
        Decision.objects.select_related(
            "allocation__call__programme", "dossier__call__programme", "entry__envelope__programme"
        ),
        pk=pk,
        allocation__in=Allocation.objects.seen_by(request.user),
    )
    form = GiveUpForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return take(
        request,
        decision.allocation_id,
        lambda: give_up(decision, reason=reason, actor=request.user),
        _("Désistement enregistré. Le suivant de la liste de réserve est proposé dans la minute."),
    )


def take(request, pk, act, done):
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("decisions:reserve", pk)
