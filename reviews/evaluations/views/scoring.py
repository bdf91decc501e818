"""The grid: one page beside the dossier, saved while typing, handed in once."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Refused
from reviews.evaluations import operations
from reviews.evaluations.dossier_pane import pane_of
from reviews.evaluations.finding import to_read_again, to_write
from reviews.evaluations.grid_pane import grid_of
from reviews.evaluations.models import Evaluation
from reviews.evaluations.sheet import progress_text, saved_text, sheet_of
from reviews.evaluations.verdict import SENTENCES
from reviews.phases.veil import is_veiled, veil_evaluation


def get_own(request, pk):
    own = Evaluation.objects.written_by(request.user).for_desk().with_phase()
    return veil_evaluation(get_object_or_404(own, pk=pk))


@csp_replace({"frame-src": [SELF]})
def evaluate(request, pk):
    return show(request, veil_evaluation(to_write.one_or_404(request.user, pk)))


def own(request, pk):
    """One's own evaluation without its dossier, for as long as the account lives."""
    evaluation = veil_evaluation(to_read_again.one_or_404(request.user, pk))
    if Evaluation.objects.written_by(request.user).filter(pk=pk).exists():
        return redirect("evaluations:evaluate", pk)
    sheet = sheet_of(evaluation, typed={}, errors={})
    context = {
        "evaluation": evaluation,
        "dossier": evaluation.assignment.dossier,
        "sheet": sheet,
        "grid": grid_of(sheet, is_open=False),
        "is_open": False,
    }
    return render(request, "reviews/evaluations/own.html", context)


def show_again(request, pk, *, typed, errors):
    """The page as it was typed, with what is wrong told at each field."""
    evaluation = veil_evaluation(to_write.one_or_404(request.user, pk))
    return show(request, evaluation, typed=typed, errors=errors)


def show(request, evaluation, *, typed=None, errors=None):
    dossier = evaluation.assignment.dossier
    sheet = sheet_of(evaluation, typed=typed or {}, errors=errors or {})
    is_open = may_fill_in(evaluation)
    context = {
        "evaluation": evaluation,
        "dossier": dossier,
        "pane": pane_of(evaluation),
        "is_blind": is_veiled(dossier),
        "sheet": sheet,
        "grid": grid_of(sheet, is_open=is_open),
        "is_open": is_open,
        "reads_others": evaluation.state == "submitted" and evaluation.sees_others,
        "verdict": SENTENCES.items(),
        "threshold": str(sheet.threshold),
        "saved_at": saved_text(evaluation.saved_at) if sheet.is_begun else "",
        "is_past": evaluation.assignment.due_at <= timezone.now(),
    }
    return render(request, "reviews/evaluations/evaluate.html", context)


def may_fill_in(evaluation):
    is_draft = evaluation.state == "draft"
    return is_draft and evaluation.assignment.dossier.state == "in_review" and evaluation.may_score


@login_not_required
@require_POST
def save(request, pk):
    """One field, as JSON: saved, clash, or what to type instead."""
    page = reverse("evaluations:evaluate", args=[pk])
    if not request.user.is_authenticated:
        login = f"{reverse('account_login')}?next={page}"
        return JsonResponse({"login": login}, status=401)
    evaluation = Evaluation.objects.written_by(request.user).for_desk().filter(pk=pk).first()
    if evaluation is None:
        return JsonResponse({"errors": [_("Ce dossier ne vous est pas ouvert.")]}, status=404)
    name, text = request.POST.get("field", ""), request.POST.get("value", "")
    version = request.POST.get("version", "")
    try:
        result = operations.save_field(evaluation, name, text, version=version, actor=request.user)
    except Refused as refusal:
        result = operations.Unfit(str(refusal))
    return ANSWERS[type(result)](result, evaluation)


def saved(result, evaluation):
    return JsonResponse({
        "saved_at": saved_text(result.at),
        "version": result.version,
        "errors": [],
        "progress": progress_text(evaluation),
    })  # fmt: skip


def clashed(result, evaluation):
    told = {"theirs": result.theirs, "version": result.version, "by": _("Un autre onglet")}
    return JsonResponse(told, status=409)


def unfit(result, evaluation):
    return JsonResponse({"errors": [result.error]}, status=422)


ANSWERS = {operations.Saved: saved, operations.Clash: clashed, operations.Unfit: unfit}


@require_POST
def time(request, pk):
    """How long the page was looked at since it last told; nothing is answered."""
    evaluation = get_own(request, pk)
    seconds = request.POST.get("seconds", "")
    if seconds.isascii() and seconds.isdigit():
        operations.count_time(evaluation, int(seconds[:6]), actor=request.user)
    return HttpResponse(status=204)


@csp_replace({"frame-src": [SELF]})
@require_POST
def keep(request, pk):
    """The button of those who work without a script."""
    evaluation = get_own(request, pk)
    try:
        errors = keep_typed(request, evaluation)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("evaluations:evaluate", pk)
    if errors:
        return show_again(request, pk, typed=typed_in(request), errors=errors)
    messages.success(request, _("Votre brouillon est enregistré."))
    return redirect("evaluations:evaluate", pk)


keep.keeps_any_text = True


@csp_replace({"frame-src": [SELF]})
@require_POST
def submit(request, pk):
    evaluation = get_own(request, pk)
    if evaluation.state == "submitted":
        return redirect("evaluations:evaluate", pk)
    try:
        errors = keep_typed(request, evaluation)
        if not errors:
            operations.submit(evaluation, actor=request.user)
    except operations.Incomplete as incomplete:
        errors = incomplete.lacks
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("evaluations:evaluate", pk)
    if errors:
        return show_again(request, pk, typed=typed_in(request), errors=errors)
    messages.success(
        request,
        _("L’évaluation de « %(title)s » est remise. Vous pouvez encore la relire.")
        % {"title": evaluation.assignment.dossier.title},
    )
    return redirect("evaluations:desk")


submit.keeps_any_text = True


FIELDS = ("score-", "comment-", "strengths", "weaknesses", "confidence")


def typed_in(request):
    return {name: request.POST[name] for name in request.POST if name.startswith(FIELDS)}


def keep_typed(request, evaluation):
    """Store the whole page; returns what could not be, by field."""
    typed = typed_in(request)
    versions = {name: request.POST.get(f"version-{name}", "") for name in typed}
    results = operations.keep(evaluation, typed, versions, actor=request.user)
    return {name: told for name, result in results.items() if (told := error_of(result))}


def error_of(result):
    if isinstance(result, operations.Clash):
        return _(
            "Ce champ a changé dans un autre onglet : « %(theirs)s ». Le vôtre est "
            "affiché ici ; enregistrez de nouveau pour le garder."
        ) % {"theirs": result.theirs}
    return getattr(result, "error", "")
