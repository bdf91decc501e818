from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Refused, require
from grants.dossiers.serving import served
from grants.programmes.models import Call
from grants.programmes.permissions import ORGANISE
from reviews.copies import listing, operations
from reviews.copies import permissions as may
from reviews.copies.forms import RulingForm
from reviews.copies.handing import handed
from reviews.copies.models import BlindCopy


@require_safe
def call(request, call_pk):
    calls = Call.objects.filter(may.FOLLOW.rows(request.user)).select_related("programme")
    found = get_object_or_404(calls, pk=call_pk)
    here = listing.chosen(request.GET.get("etat", ""))
    context = {
        "call": found,
        "here": here,
        "chips": listing.chips(found, here),
        "page": listing.page_of(found, here, request.GET.get("page")),
        "may_plan": ORGANISE.allows(request.user, found),
    }
    return render(request, "reviews/copies/call.html", context)


@require_safe
def copy(request, pk):
    return show(request, find(request, pk))


def find(request, pk):
    return get_object_or_404(BlindCopy.objects.seen_by(request.user).ruled().for_list(), pk=pk)


def show(request, found, *, form=None):
    may_rule = found.can_be_ruled_on and may.RULE.allows(request.user, found)
    context = {
        "row": listing.row_of(found),
        "copy": found,
        "call": found.document.dossier.call,
        "words": [listing.word_on(page, word) for page, word in found.words],
        "rulings": found.rulings.select_related("by"),
        "form": (form or RulingForm()) if may_rule else None,
    }
    return render(request, "reviews/copies/copy.html", context)


@require_safe
def file(request, pk):
    """What the readers would have, to look at before saying so."""
    found = find(request, pk)
    if not found.file:
        return redirect(found)
    return served(request, handed(found, found.document.name), shown=True)


@require_POST
def rule(request, pk):
    found = find(request, pk)
    require(may.RULE, request.user, found)
    form = RulingForm(request.POST)
    shows = request.POST.get("act") == "show"
    if not form.is_valid():
        return show(request, found, form=form)
    try:
        operations.rule(found, shows, reason=form.cleaned_data["reason"], actor=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return show(request, found, form=form)
    if shows:
        messages.success(request, _("Les experts de ce dossier voient cette pièce, sans son nom."))
    else:
        messages.success(request, _("La pièce est retenue : les experts ne la voient plus."))
    return redirect("copies:call", found.document.dossier.call_id)


rule.keeps_any_text = True
