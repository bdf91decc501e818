"""Where officers say what the proposal must respect, and try a change before making it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Refused, require
from grants.core.wording import number
from reviews.assignments import permissions as may
from reviews.assignments import wishing
from reviews.assignments.candidates import refusal_of
from reviews.assignments.effect import effect_of
from reviews.assignments.finding import expert_beside, readers_of, wishes_of
from reviews.assignments.forms import RulesForm, SeatsForm, WishForm
from reviews.assignments.proposal import why
from reviews.assignments.rules import AssignmentRules, Wish
from reviews.assignments.views import get_call, get_dossier

SEATS = 15  # each line holds two controls


def rules(request, call_pk):
    call = get_call(request, call_pk)
    require(may.PLAN, request.user, call)
    known = AssignmentRules.objects.filter(call=call).first() or AssignmentRules(call=call)
    seats = call.seats.usable().select_related("expert__user", "rule")
    seats = seats.order_by("expert__user__plain_name", "pk")
    page = Paginator(seats, SEATS).get_page(request.GET.get("page"))
    typed = request.POST if request.method == "POST" else None
    form = RulesForm(typed, instance=known)
    places = SeatsForm(typed, seats=page.object_list)
    if request.method == "POST" and form.is_valid() and places.is_valid():
        keep(call, form, places, request.user)
        messages.success(request, _("Les règles sont enregistrées : voici ce qu’elles donnent."))
        return redirect("assignments:plan", call_pk)
    context = {"call": call, "form": form, "places": places, "page": page}
    return render(request, "reviews/assignments/rules.html", context)


rules.keeps_any_text = True


def keep(call, form, places, actor):
    wishing.set_rules(call, actor=actor, **form.facts)
    for seat, asked in places.changed():
        wishing.set_seat(seat, actor=actor, **asked)


@require_safe
def change(request, pk, expert_pk):
    """One dossier for one expert, perhaps instead of somebody: the effect before the act."""
    dossier = get_dossier(request, pk)
    require(may.PLAN, request.user, dossier.call)
    return show_change(request, dossier, get_expert(dossier, expert_pk), WishForm())


def show_change(request, dossier, expert, form):
    given = readers_of(dossier.pk)
    chosen = request.GET.get("instead", "")
    instead = next((one for one in given if str(one.pk) == chosen), None)
    effect = effect_of(dossier, expert, instead=instead)
    load = effect.loads[0]
    beside = [one.expert for one in given if one != instead]
    context = {
        "dossier": dossier,
        "call": dossier.call,
        "expert": expert,
        "others": [one for one in given if one.expert != expert and not is_handed_in(one)],
        "instead": instead,
        "lines": compared(effect),
        "loads": effect.loads,
        "why": why(dossier, expert, load=load.after, capacity=load.most),
        "obstacle": refusal_of(dossier.call, expert, beside, load),
        "wish": next((said for said in wishes_of(dossier.pk) if said.expert == expert), None),
        "form": form,
    }
    return render(request, "reviews/assignments/change.html", context)


def is_handed_in(assignment):
    evaluation = getattr(assignment, "evaluation", None)
    return evaluation is not None and evaluation.state == "submitted"


def compared(effect):
    """Before, after and difference, as texts."""
    before, after = effect.before, effect.after
    rows = [
        (_("Ce dossier"), before.here, after.here),
        (_("Dossier le moins bien servi"), before.worst, after.worst),
        (_("Ensemble de l’appel"), before.total, after.total),
    ]
    return [
        {
            "name": name,
            "before": number(old, places=2),
            "after": number(new, places=2),
            "change": ("+" if new > old else "") + number(new - old, places=2),
        }
        for name, old, new in rows
    ]


def get_expert(dossier, pk):
    return expert_beside.one_or_404(dossier.call_id, dossier.pk, pk)


@require_POST
def wish(request, pk, expert_pk):
    dossier = get_dossier(request, pk)
    require(may.PLAN, request.user, dossier.call)
    expert = get_expert(dossier, expert_pk)
    form = WishForm(request.POST)
    if not form.is_valid():
        return show_change(request, dossier, expert, form)
    try:
        wishing.wish(dossier, expert, actor=request.user, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Les prochaines propositions en tiendront compte."))
    return redirect("assignments:dossier", pk)


wish.keeps_any_text = True


@require_POST
def lift(request, pk):
    said = get_object_or_404(
        Wish.objects.kept_by(request.user).select_related("dossier__call__programme"), pk=pk
    )
    dossier = said.dossier_id
    wishing.lift(said, actor=request.user)
    messages.success(request, _("Ce souhait est levé : le calcul choisit de nouveau."))
    return redirect("assignments:dossier", dossier)
