"""Experts from a table: first what would change, then the change that was read."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import Refused, require
from grants.programmes.models import Call
from reviews.experts import importing
from reviews.experts import permissions as may
from reviews.experts.forms import TableForm
from reviews.experts.sheet import Unreadable
from reviews.experts.wording import unreadable


def preview(request, call_pk):
    call = get_call(request, call_pk)
    if request.method != "POST":
        return show(request, call, TableForm())
    form = TableForm(request.POST, request.FILES)
    return show(request, call, form, plan=plan_of(call, form))


@require_POST
def apply(request, call_pk):
    call = get_call(request, call_pk)
    form = TableForm(request.POST)
    if not form.is_valid():
        return show(request, call, form)
    text, digest = form.cleaned_data["text"], request.POST.get("digest", "")
    try:
        done = importing.apply(call, text, digest=digest, actor=request.user)
    except (Refused, Unreadable) as refusal:
        told = unreadable(refusal) if isinstance(refusal, Unreadable) else str(refusal)
        messages.error(request, told)
        return show(request, call, form, plan=plan_of(call, form))
    messages.success(request, told_of(done))
    return redirect("experts:pool", call_pk)


def get_call(request, pk):
    call = get_object_or_404(Call.objects.followed_by(request.user).for_list(), pk=pk)
    require(may.INVITE, request.user, call)
    return call


def plan_of(call, form):
    """What the table would change; None, and why at its field, when it cannot be read."""
    if not form.is_valid():
        return None
    try:
        return importing.plan(call, form.cleaned_data["text"])
    except Unreadable as problem:
        form.add_error("table" if form.cleaned_data["table"] else "text", unreadable(problem))
        return None


def show(request, call, form, *, plan=None):
    text = getattr(form, "cleaned_data", {}).get("text") or ""
    context = {"call": call, "form": form, "plan": plan, "text": text}
    if plan is not None:
        context["form"] = TableForm(initial={"text": text})
    return render(request, "reviews/experts/import.html", context)


def told_of(plan):
    invited, changed = plan.count(importing.NEW), plan.count(importing.CHANGED)
    left = plan.count(importing.REFUSED)
    told = (
        (invited, ngettext("%(n)d invitation envoyée.", "%(n)d invitations envoyées.", invited)),
        (changed, ngettext("%(n)d fiche complétée.", "%(n)d fiches complétées.", changed)),
        (left, ngettext("%(n)d ligne laissée de côté.", "%(n)d lignes laissées de côté.", left)),
    )
    return " ".join(sentence % {"n": n} for n, sentence in told if n)
