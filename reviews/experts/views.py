from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import Refused, require
from grants.programmes.models import Call
from reviews.experts import operations
from reviews.experts import permissions as may
from reviews.experts.forms import (
    CapacityForm,
    DeclineForm,
    InvitationForm,
    ProfileForm,
    UndertakingForm,
)
from reviews.experts.models import Seat
from reviews.experts.own import profiles_of, seats_of, themes_for
from reviews.experts.pool import STANDINGS, filters_of, pool_of
from reviews.experts.rows import SubtopicRows, TieRows
from reviews.experts.undertaking import CLOSING, PARTS


def profile(request):
    expert = profiles_of.one_or_404(request.user.pk)
    form, subtopics, ties = forms_of(expert, request.POST if request.method == "POST" else None)
    # Every part is read, so that everything to correct shows at once.
    if request.method == "POST" and form.is_valid() & subtopics.is_valid() & ties.is_valid():
        operations.describe(
            expert,
            actor=request.user,
            levels=form.levels,
            subtopics=subtopics.rows(),
            ties=ties.rows(),
            capacities=form.capacities,
            **form.facts,
        )
        messages.success(request, _("Votre profil est à jour."))
        return redirect("experts:profile")
    context = {"form": form, "subtopics": subtopics, "ties": ties, "expert": expert}
    return render(request, "reviews/experts/profile.html", context)


profile.keeps_any_text = True


def forms_of(expert, typed):
    """`expert` comes from `profiles_of`."""
    themes, topics = themes_for(expert.pk), expert.told_topics
    levels = {told["theme"]: told["level"] for told in expert.told_levels}
    seats = seats_of(expert.pk)
    return (
        ProfileForm(typed, instance=expert, themes=themes, levels=levels, seats=seats),
        SubtopicRows(typed, initial=topics, prefix="topics", form_kwargs={"themes": themes}),
        TieRows(typed, initial=expert.told_ties, prefix="ties"),
    )


def undertaking(request, call_pk):
    seat = own_seat(request, call_pk)
    form = UndertakingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.sign(seat, actor=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("experts:undertaking", call_pk)
        messages.success(
            request,
            _(
                "Votre engagement est signé, votre place acceptée. Vérifiez maintenant votre "
                "profil : thèmes, employeurs, mandats et parts."
            ),
        )
        return redirect("experts:profile")
    return show_undertaking(request, seat, form=form, decline_form=DeclineForm())


@require_POST
def decline(request, call_pk):
    seat = own_seat(request, call_pk)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return show_undertaking(request, seat, form=UndertakingForm(), decline_form=form)
    try:
        operations.decline(seat, reason=form.cleaned_data["reason"], actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("experts:undertaking", call_pk)
    messages.success(request, _("Le service est prévenu que vous ne participez pas à cet appel."))
    return redirect("evaluations:desk")


decline.keeps_any_text = True


def own_seat(request, call_pk):
    seats = Seat.objects.of(request.user).select_related("call__programme", "expert__user")
    return get_object_or_404(seats, call=call_pk)


def show_undertaking(request, seat, **forms):
    context = {"seat": seat, "parts": PARTS, "closing": CLOSING, **forms}
    context["signature"] = seat.signatures.last() if seat.state == "signed" else None
    return render(request, "reviews/experts/undertaking.html", context)


def pool(request, call_pk):
    call = get_object_or_404(Call.objects.followed_by(request.user).for_list(), pk=call_pk)
    return show_pool(request, call, InvitationForm())


@require_POST
def invite(request, call_pk):
    call = get_object_or_404(Call.objects.followed_by(request.user).for_list(), pk=call_pk)
    require(may.INVITE, request.user, call)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return show_pool(request, call, form)
    try:
        seat = operations.invite(call, actor=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("email", str(refusal))
        return show_pool(request, call, form)
    messages.success(
        request, _("L’invitation part à %(address)s.") % {"address": seat.expert.user.email}
    )
    return redirect("experts:pool", call_pk)


invite.keeps_any_text = True


def show_pool(request, call, form, *, wrong=None):
    """`wrong` is a row of the page as it was typed."""
    words = request.GET.get("q", "").strip()[:100]
    standing = request.GET.get("etat", "")
    standing = standing if standing in STANDINGS else ""
    shown = pool_of(call, request.GET.get("page"), words=words, standing=standing)
    if wrong:
        pk, typed, problem, _expert = wrong
        rows = shown["rows"]
        shown["rows"] = [
            row._replace(capacity=typed, problem=problem) if row.pk == pk else row for row in rows
        ]
    context = {
        "call": call,
        "form": form if may.INVITE.allows(request.user, call) else None,
        "wrong": wrong,
        "here": f"?{request.GET.urlencode()}" if request.GET else "",
        **shown,
        **filters_of(words, standing),
    }
    return render(request, "reviews/experts/pool.html", context)


@require_POST
def capacity(request, pk):
    seats = Seat.objects.filter(call__in=Call.objects.followed_by(request.user))
    seat = get_object_or_404(seats.select_related("call__programme", "expert__user"), pk=pk)
    require(may.KEEP_POOL, request.user, seat)
    form = CapacityForm(request.POST)
    if not form.is_valid():
        call = get_object_or_404(Call.objects.followed_by(request.user).for_list(), pk=seat.call_id)
        wrong = (
            seat.pk,
            form["capacity"].value() or "",
            " ".join(form.errors["capacity"]),
            seat.expert,
        )
        return show_pool(request, call, InvitationForm(), wrong=wrong)
    operations.set_capacity(seat, form.cleaned_data["capacity"], actor=request.user)
    told = ngettext(
        "%(expert)s peut recevoir %(n)d dossier au plus.",
        "%(expert)s peut recevoir %(n)d dossiers au plus.",
        seat.capacity,
    )
    messages.success(request, told % {"expert": seat.expert, "n": seat.capacity})
    back = reverse("experts:pool", args=[seat.call_id])
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return HttpResponseRedirect(f"{back}{query}#seat-{seat.pk}")


capacity.keeps_any_text = True
