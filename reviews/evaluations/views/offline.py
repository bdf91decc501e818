"""Evaluations on a spreadsheet: take it away, bring it back, see what changes, accept."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.access import Refused
from grants.core.uploaded_tables import LARGEST, Unreadable, rows_in
from reviews.evaluations import operations
from reviews.evaluations.comparing import Foreign, compare, unpacked
from reviews.evaluations.grid import fields_by_evaluation
from reviews.evaluations.models import Evaluation
from reviews.evaluations.views.scoring import error_of
from reviews.evaluations.workbook import workbook_of
from reviews.phases.veil import veil_evaluation

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def open_to(user):
    """The evaluations this person may write now, with their fields."""
    drafts = Evaluation.objects.open_to(user).for_page().with_phase()
    evaluations = {one.pk: veil_evaluation(one) for one in drafts}
    return evaluations, fields_by_evaluation(evaluations.values())


@require_GET
def offline(request):
    count = Evaluation.objects.open_to(request.user).count()
    return render(request, "reviews/evaluations/offline.html", {"count": count})


@require_GET
def offline_file(request):
    evaluations, fields = open_to(request.user)
    if not evaluations:
        messages.info(request, _("Aucune évaluation n’est à remplir pour l’instant."))
        return redirect("evaluations:offline")
    ordered = sorted(evaluations.values(), key=lambda one: one.assignment.dossier.reference)
    day = timezone.localdate().isoformat()
    response = HttpResponse(workbook_of(ordered, fields), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="evaluations-{day}.xlsx"'
    return response


@require_POST
def compare_file(request):
    file = request.FILES.get("file")
    context = {"count": Evaluation.objects.open_to(request.user).count()}
    try:
        if file is None:
            raise Unreadable(_("Choisissez le fichier que vous avez rempli."))
        rows = rows_in(file.read(LARGEST + 1))
        context["comparison"] = compare(rows, *open_to(request.user))
    except (Unreadable, Foreign) as error:
        context["problem"] = str(error)
    return render(request, "reviews/evaluations/offline.html", context)


@require_POST
def accept_cells(request):
    """Store the cells chosen; those that could not be are shown again with their text."""
    stored, left = take_in(request.user, list(unpacked(request.POST.getlist("cell"))))
    if stored:
        told = ngettext(
            "%(n)d cellule est enregistrée dans votre brouillon.",
            "%(n)d cellules sont enregistrées dans vos brouillons.",
            stored,
        )
        messages.success(request, told % {"n": stored})
    if left:
        context = {"count": Evaluation.objects.open_to(request.user).count(), "left": left}
        return render(request, "reviews/evaluations/offline.html", context)
    if not stored:
        messages.info(request, _("Aucune cellule n’était cochée : rien n’a changé."))
    return redirect("evaluations:desk")


def take_in(user, cells):
    by_evaluation = {}
    for pk, name, version, text in cells:
        by_evaluation.setdefault(pk, {})[name] = (version, text)
    mine = Evaluation.objects.written_by(user).for_desk().in_bulk(list(by_evaluation))
    stored, left = 0, []
    for pk, chosen in by_evaluation.items():
        if pk not in mine:
            told = _("Cette évaluation ne vous est plus ouverte.")
            left += [{"reference": "", "text": text, "told": told} for _v, text in chosen.values()]
            continue
        done, kept = keep_cells(mine[pk], chosen, user)
        stored, left = stored + done, left + kept
    return stored, left


def keep_cells(evaluation, chosen, user):
    texts = {name: text for name, (_version, text) in chosen.items()}
    versions = {name: version for name, (version, _text) in chosen.items()}
    try:
        results = operations.keep(evaluation, texts, versions, actor=user)
        errors = {name: error_of(result) for name, result in results.items()}
    except Refused as refusal:
        errors = dict.fromkeys(texts, str(refusal))
    reference = evaluation.assignment.dossier.reference
    left = [
        {"reference": reference, "text": texts[name], "told": told}
        for name, told in errors.items()
        if told
    ]
    return len(errors) - len(left), left
