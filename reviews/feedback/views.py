from collections import Counter

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.access import Refused
from grants.decisions import permissions as may
from grants.decisions.feedback import Feedback
from grants.decisions.states import FeedbackState
from grants.programmes.models import Call
from grants.programmes.permissions import ORGANISE
from grants.programmes.states import CallState
from reviews.evaluations.operations import Clash, Saved, Unfit
from reviews.evaluations.sheet import saved_text
from reviews.feedback import operations
from reviews.feedback.page import Progress, page_of

ROWS = 25


def find_call(request, call_pk):
    return get_object_or_404(Call.objects.followed_by(request.user).for_page(), pk=call_pk)


def find(request, pk):
    return get_object_or_404(Feedback.objects.seen_by(request.user).for_page(), pk=pk)


@require_GET
def overview(request, call_pk):
    call = find_call(request, call_pk)
    rows = Feedback.objects.filter(dossier__call=call).for_page().order_by("dossier__number")
    counts = Counter(rows.order_by().values_list("state", flat=True))
    ranked = call.dossiers.filter(state="ranked", feedback=None).count()
    may_plan = ORGANISE.allows(request.user, call)
    context = {
        "call": call,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "progress": Progress(
            total=sum(counts.values()),
            read=counts[FeedbackState.APPROVED] + counts[FeedbackState.SENT],
        ),
        "without": ranked,
        "may_plan": may_plan,
        "may_prepare": call.state == CallState.RANKED and ranked and may_plan,
    }
    return render(request, "reviews/feedback/overview.html", context)


@require_POST
def prepare(request, call_pk):
    call = find_call(request, call_pk)
    try:
        made = operations.prepare(call, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        told = ngettext(
            "%(n)d retour est préparé : relisez-le.",
            "%(n)d retours sont préparés : relisez-les un à un.",
            len(made),
        )
        messages.success(request, told % {"n": len(made)})
    return redirect("feedback:overview", call_pk)


@require_GET
def edit(request, pk):
    return show(request, find(request, pk))


def show(request, feedback, *, typed=None, errors=None):
    may_write = may.WRITE_FEEDBACK.allows(request.user, feedback)
    context = {
        "feedback": feedback,
        "dossier": feedback.dossier,
        "call": feedback.dossier.call,
        "parts": page_of(feedback, typed=typed or {}, errors=errors or {}),
        "wrong": errors,
        "may_write": may_write,
        "is_open": feedback.is_open and may_write,
        "saved_at": saved_text(feedback.saved_at),
        "following": following(request.user, feedback) if may_write else None,
    }
    return render(request, "reviews/feedback/edit.html", context)


def following(user, feedback):
    """Another return of the call to read, by the numbers of the dossiers from this one on."""
    waiting = (
        Feedback.objects.seen_by(user)
        .filter(dossier__call=feedback.dossier.call_id, state=FeedbackState.DRAFT)
        .exclude(pk=feedback.pk)
    )
    is_before = Q(dossier__number__lt=feedback.dossier.number)
    ordered = waiting.annotate(is_before=is_before).order_by("is_before", "dossier__number")
    return ordered.select_related("dossier").first()


@login_not_required
@require_POST
def save(request, pk):
    """One field, as JSON: saved, clash, or what to type instead."""
    if not request.user.is_authenticated:
        login = f"{reverse('account_login')}?next={reverse('feedback:edit', args=[pk])}"
        return JsonResponse({"login": login}, status=401)
    feedback = get_object_or_404(Feedback.objects.written_by(request.user).for_page(), pk=pk)
    name, text = request.POST.get("field", ""), request.POST.get("value", "")
    version = request.POST.get("version", "")
    try:
        result = operations.save_field(feedback, name, text, version=version, actor=request.user)
    except Refused as refusal:
        result = Unfit(str(refusal))
    return answered(result)


def answered(result):
    if isinstance(result, Saved):
        told = {"saved_at": saved_text(result.at), "version": result.version, "errors": []}
        return JsonResponse(told)
    if isinstance(result, Clash):
        told = {"theirs": result.theirs, "version": result.version, "by": _("Une autre personne")}
        return JsonResponse(told, status=409)
    return JsonResponse({"errors": [result.error]}, status=422)


@require_POST
def keep(request, pk):
    """The button of those who work without a script."""
    return kept_then(request, pk, lambda feedback: None, _("Votre texte est enregistré."))


keep.keeps_any_text = True


@require_POST
def approve(request, pk):
    return kept_then(
        request,
        pk,
        lambda feedback: operations.approve(feedback, actor=request.user),
        _("Ce retour est relu : il partira avec la décision."),
    )


approve.keeps_any_text = True


def kept_then(request, pk, act, done):
    """Store the whole page, then act; what could not be stored comes back as typed."""
    feedback = find(request, pk)
    typed = {name: text for name, text in request.POST.items() if name.startswith(PREFIXES)}
    versions = {name: request.POST.get(f"version-{name}", "") for name in typed}
    try:
        results = operations.keep(feedback, typed, versions, actor=request.user)
        errors = {name: told for name, result in results.items() if (told := error_of(result))}
        if errors:
            return show(request, feedback, typed=typed, errors=errors)
        act(feedback)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("feedback:edit", pk)
    messages.success(request, done)
    return redirect("feedback:edit", pk)


PREFIXES = ("strengths-", "weaknesses-")


def error_of(result):
    if isinstance(result, Clash):
        return _(
            "Ce texte a changé entre-temps : « %(theirs)s ». Le vôtre est affiché ici ; "
            "enregistrez de nouveau pour le garder."
        ) % {"theirs": result.theirs}
    return getattr(result, "error", "")


@require_POST
def reopen(request, pk):
    try:
        operations.reopen(find(request, pk), actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Ce retour est repris : il est de nouveau à relire."))
    return redirect("feedback:edit", pk)
