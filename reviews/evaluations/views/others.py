"""What the other readers wrote, once one's own evaluation is in and the phase allows it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Refused
from reviews.evaluations import remarking
from reviews.evaluations.finding import to_compare
from reviews.evaluations.others import read_by
from reviews.phases.veil import veil_evaluation


def get_read(request, pk):
    return veil_evaluation(to_compare.one_or_404(request.user, pk))


@require_safe
def others(request, pk):
    return show(request, get_read(request, pk))


def show(request, evaluation, *, typed="", problem=""):
    """`typed` is a remark that was refused, with the reason why."""
    sheets, said = read_by(evaluation, named=evaluation.names_readers)
    context = {
        "evaluation": evaluation,
        "dossier": evaluation.assignment.dossier,
        "sheets": sheets,
        "said": said,
        "may_discuss": evaluation.may_discuss,
        "typed": typed,
        "problem": problem,
    }
    return render(request, "reviews/evaluations/others.html", context)


@require_POST
def remark(request, pk):
    evaluation = get_read(request, pk)
    text = request.POST.get("text", "")
    try:
        remarking.remark(evaluation, text, actor=request.user)
    except Refused as refusal:
        return show(request, evaluation, typed=text.replace("\0", ""), problem=str(refusal))
    messages.success(request, _("Votre remarque est lue par les autres lecteurs du dossier."))
    return redirect("evaluations:others", pk)


remark.keeps_any_text = True
