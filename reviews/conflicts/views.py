from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import Refused, require
from grants.programmes.models import Call
from reviews.assignments.finding import followed
from reviews.conflicts import listing, operations
from reviews.conflicts.forms import SettlingForm, SignalForm
from reviews.experts.models import Seat
from reviews.links import permissions as may
from reviews.links.models import DetectedLink
from reviews.links.words import LABELS, sentence


@require_GET
def links(request, call_pk):
    call = get_object_or_404(Call.objects.followed_by(request.user).for_list(), pk=call_pk)
    here = listing.chosen(request.GET.get("etat", ""))
    context = {
        "call": call,
        "here": here,
        "chips": listing.chips(call, here),
        "page": listing.page_of(call, here, request.GET.get("page")),
        "may_look": may.LOOK.allows(request.user, call),
    }
    return render(request, "reviews/conflicts/links.html", context)


@require_POST
def look(request, call_pk):
    call = get_object_or_404(Call.objects.followed_by(request.user).for_list(), pk=call_pk)
    require(may.LOOK, request.user, call)
    found = operations.look_at_call(call, actor=request.user)
    told = ngettext(
        "%(n)d lien nouveau est à régler.", "%(n)d liens nouveaux sont à régler.", len(found)
    )
    none = _("Recherche faite : aucun lien nouveau.")
    messages.success(request, told % {"n": len(found)} if found else none)
    return redirect("conflicts:links", call_pk)


@require_GET
def link(request, pk):
    return show(request, get_link(request, pk), SettlingForm())


@require_POST
def settle(request, pk):
    found = get_link(request, pk)
    require(may.SETTLE, request.user, found)
    form = SettlingForm(request.POST)
    if not form.is_valid():
        return show(request, found, form)
    reason = form.cleaned_data["reason"]
    try:
        if form.cleaned_data["outcome"] == "confirm":
            told = confirm(request, found, reason)
        else:
            told = lift(request, found, reason)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("conflicts:link", pk)
    messages.success(request, told)
    return redirect("conflicts:links", found.dossier.call_id)


settle.keeps_any_text = True


def confirm(request, found, reason):
    operations.confirm(found, reason=reason, actor=request.user)
    return _("Le conflit est confirmé : %(expert)s ne peut pas lire %(dossier)s.") % names(found)


def lift(request, found, reason):
    resumed = operations.lift(found, reason=reason, actor=request.user)
    if resumed:
        told = _(
            "Le lien est levé : %(expert)s reprend sa lecture de %(dossier)s et en est averti."
        )
    else:
        told = _("Le lien est levé : %(expert)s peut recevoir %(dossier)s.")
    return told % names(found)


@require_http_methods(["GET", "HEAD", "POST"])
def signal(request, pk, expert_pk):
    """A link those who run the call know of, between one expert and one dossier."""
    dossier = followed.one_or_404(request.user, pk)
    require(may.LOOK, request.user, dossier.call)
    seats = Seat.objects.filter(call=dossier.call, expert=expert_pk)
    expert = get_object_or_404(seats.select_related("expert__user")).expert
    form = SignalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.signal(expert, dossier, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("kind", str(refusal))
        else:
            told = _("Le lien est enregistré : %(expert)s ne peut plus lire %(dossier)s.")
            messages.success(request, told % {"expert": expert, "dossier": dossier})
            return redirect("assignments:dossier", dossier.pk)
    context = {"form": form, "dossier": dossier, "call": dossier.call, "expert": expert}
    return render(request, "reviews/conflicts/signal.html", context)


signal.keeps_any_text = True


def names(found):
    return {"expert": found.expert, "dossier": found.dossier}


def get_link(request, pk):
    links = DetectedLink.objects.seen_by(request.user).for_detail()
    return get_object_or_404(links, pk=pk)


def show(request, found, form):
    context = {
        "link": found,
        "dossier": found.dossier,
        "call": found.dossier.call,
        "evidence": [
            {
                "label": LABELS[row["kind"]],
                "told": sentence(row),
                "weight": listing.percent_of(row["weight"]),
            }
            for row in found.evidence
        ],
        "score": listing.percent_of(found.score),
        "steps": found.history.select_related("actor"),
        "form": form if may.SETTLE.allows(request.user, found) else None,
    }
    return render(request, "reviews/conflicts/link.html", context)
