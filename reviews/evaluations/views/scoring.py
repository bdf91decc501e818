"""The grid: one page beside the dossier, saved while typing, handed in once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Refused
from reviews.evaluations import operations
from reviews.evaluations.models import Evaluation
from reviews.evaluations.reading import sections_of
from reviews.evaluations.sheet import progress_text, saved_text, sheet_of
from reviews.phases.veil import is_veiled, veil_evaluation


def get_own(request, pk):
    own = Evaluation.objects.written_by(request.user).for_desk().with_phase()
    return veil_evaluation(get_object_or_404(own, pk=pk))


def evaluate(request, pk):
    return show(request, get_own(request, pk))


def show(request, evaluation, *, typed=None, errors=None):
    dossier = evaluation.assignment.dossier
    sheet = sheet_of(evaluation, typed=typed or {}, errors=errors or {})
    context = {
        "evaluation": evaluation,
        "dossier": dossier,
        "sections": sections_of(dossier),
        "is_blind": is_veiled(dossier),
        "sheet": sheet,
        "is_open": is_open(evaluation),
        "reads_others": evaluation.state == "submitted" and evaluation.sees_others,
        "saved_at": saved_text(evaluation.saved_at) if sheet.is_begun else "",
        "now": timezone.now(),
    }
    return render(request, "reviews/evaluations/evaluate.html", context)


def is_open(evaluation):
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
def keep(request, pk):
    """The button of those who work without a script."""
    evaluation = get_own(request, pk)
    try:
        errors = keep_typed(request, evaluation)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("evaluations:evaluate", pk)
    if errors:
        return show(request, evaluation, typed=typed_in(request), errors=errors)
    messages.success(request, _("Votre brouillon est enregistré."))
    return redirect("evaluations:evaluate", pk)


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
        return show(request, evaluation, typed=typed_in(request), errors=errors)
    messages.success(
        request,
        _("L’évaluation de « %(title)s » est remise. Vous pouvez encore la relire.")
        % {"title": evaluation.assignment.dossier.title},
    )
    return redirect("evaluations:desk")


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
