from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.access import Refused, require
from grants.core.wording import euros
from grants.funding import operations
from grants.funding import permissions as may
from grants.funding.forms import ActForm, CarryForm, EnvelopeForm, FunderForm, PartForm
from grants.funding.models import Envelope
from grants.funding.operations.entering import credits_of
from grants.programmes import permissions as programmes_may
from grants.programmes.models import Programme


def new(request, pk):
    programme = run_by(request.user, pk)
    form = EnvelopeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create_envelope(programme, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("L’enveloppe est ouverte. Il reste à la doter."))
            return redirect("funding:endow", made.pk)
    context = {"programme": programme, "form": form}
    return render(request, "grants/funding/new.html", context)


def funders(request, pk):
    programme = run_by(request.user, pk)
    form = FunderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.add_funder(
                programme, actor=request.user, name=form.cleaned_data["name"]
            )
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            told = _("« %(name)s » peut maintenant être choisi pour une dotation.")
            messages.success(request, told % {"name": made})
            return redirect("funding:funders", programme.pk)
    known = [programme.funder, *programme.funders.order_by("name")]
    context = {"programme": programme, "form": form, "known": known}
    return render(request, "grants/funding/funders.html", context)


def run_by(user, pk):
    programme = get_object_or_404(Programme, pk=pk)
    require(programmes_may.RUN_PROGRAMME, user, programme)
    return programme


def endowed_by(user, pk):
    found = get_object_or_404(Envelope.objects.seen_by(user).for_detail(), pk=pk)
    require(may.ENDOW, user, found)
    return found


def endow(request, pk):
    found = endowed_by(request.user, pk)
    form = ActForm(request.POST or None, envelope=found)
    if request.method == "POST" and form.is_valid():
        try:
            record(found, form, request.user)
        except Refused as refusal:
            form.add_error("amount", str(refusal))
        else:
            messages.success(request, now_available(found, form.year))
            return redirect(found)
    return render(request, "grants/funding/endow.html", {"envelope": found, "form": form})


def record(envelope, form, actor):
    """Carry out the act: with the funders or, for a sub-envelope, with its envelope."""
    raising, act, year = form.cleaned_data["direction"] == "endow", form.signed, form.year
    amount = form.cleaned_data["amount"]
    if envelope.parent_id:
        move = operations.allot if raising else operations.give_back
        return move(envelope, amount, act=act, actor=actor, year=year)
    signed = {**vars(act), "funder": form.cleaned_data["funder"], "actor": actor}
    if year is None:
        change = operations.endow if raising else operations.reduce
        return change(envelope, amount, **signed)
    change = operations.open_credits if raising else operations.close_credits
    return change(envelope, amount, year=year, **signed)


def now_available(envelope, year):
    if year is None:
        return _("Il y a maintenant %(left)s disponibles.") % {"left": euros(envelope.left)}
    return _("Il y a maintenant %(left)s de CP %(year)s à payer.") % {
        "left": euros(credits_of(envelope, year).left),
        "year": year,
    }


def part(request, pk):
    found = endowed_by(request.user, pk)
    form = PartForm(request.POST or None, envelope=found)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            made = operations.open_part(
                found,
                name=cleaned["name"],
                amount=cleaned["amount"],
                act=form.signed,
                actor=request.user,
            )
        except Refused as refusal:
            form.add_error("amount", str(refusal))
        else:
            messages.success(request, _("La sous-enveloppe est ouverte et dotée."))
            return redirect(made)
    return render(request, "grants/funding/part.html", {"envelope": found, "form": form})


def carry(request, pk):
    found = endowed_by(request.user, pk)
    payable = credits_of(found, found.year).left
    form = CarryForm(request.POST or None, envelope=found, payable=payable)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        moved = {name: cleaned[name] for name in ("amount", "credits", "to")}
        try:
            to = operations.carry_over(found, **moved, act=form.signed, actor=request.user)
        except Refused as refusal:
            form.add_error("amount" if cleaned["amount"] else "credits", str(refusal))
        else:
            messages.success(request, _("Les crédits sont reportés sur l’exercice suivant."))
            return redirect(to or found)
    return render(request, "grants/funding/carry.html", {"envelope": found, "form": form})
