"""Marks to read again after a completion: their authors settle them, the staff follows."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Refused, require
from grants.formbuilder.confidentiality import withheld_from_experts
from grants.formbuilder.definition import parse
from grants.programmes.models import Call
from reviews.assignments import permissions as may_assign
from reviews.evaluations import settling
from reviews.evaluations.changed import to_read
from reviews.evaluations.finding import to_open
from reviews.evaluations.stale import Ground, StaleFlag
from reviews.phases import permissions as phases_may
from reviews.phases.veil import veil_evaluation

LINES = 25
TICKED = mark_safe(" checked")


@require_http_methods(["GET", "HEAD", "POST"])
def stale(request, pk):
    evaluation = veil_evaluation(to_open.one_or_404(request.user, pk))
    typed = typed_in({})
    if request.method == "POST":
        try:
            answer(request, evaluation)
        except Refused as refusal:
            typed = typed_in(request.POST, problem=str(refusal))
        else:
            return redirect("evaluations:stale", pk)
    dossier = evaluation.assignment.dossier
    flags = list(StaleFlag.objects.on(evaluation))
    context = {
        "evaluation": evaluation,
        "dossier": dossier,
        "lines": to_read(dossier, flags, top=dossier.call.top_score),
        "typed": typed,
        "is_open": dossier.state == "in_review",
    }
    return render(request, "reviews/evaluations/stale.html", context)


stale.keeps_any_text = True


def typed_in(sent, problem=""):
    """An answer as it was sent, with what is wrong with it."""
    said = {name: sent.get(name, "").replace("\0", "") for name in ("flag", "score", "comment")}
    return {**said, "problem": problem}


def answer(request, evaluation):
    sent = request.POST
    pk = sent.get("flag", "")
    pk = int(pk) if pk.isascii() and pk.isdecimal() and len(pk) < 10 else 0
    if sent.get("act") == "confirm":
        settling.confirm(evaluation, pk, actor=request.user)
        messages.success(request, _("Votre note est confirmée."))
        return
    mark, comment = sent.get("score", ""), sent.get("comment", "")
    settling.revise(evaluation, pk, mark=mark, comment=comment, actor=request.user)
    messages.success(request, _("Votre note est revue ; le reste de l’évaluation ne change pas."))


@require_safe
def flags(request, call_pk):
    call = get_object_or_404(Call.objects.followed_by(request.user).for_list(), pk=call_pk)
    page = Paginator(StaleFlag.objects.in_call(call), LINES).get_page(request.GET.get("page"))
    context = {
        "call": call,
        "page": page,
        "may_plan": may_assign.PLAN.allows(request.user, call),
        "may_map": phases_may.manager.allows(request.user, call),
    }
    return render(request, "reviews/evaluations/flags.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def grounds(request, call_pk):
    call = get_object_or_404(Call.objects.followed_by(request.user).for_list(), pk=call_pk)
    require(phases_may.manager, request.user, call)
    criteria, sections = list(call.criteria.all()), questions_of(call)
    if request.method == "POST":
        known = {question.key for _title, asked in sections for question in asked}
        chosen = {c.pk: known.intersection(request.POST.getlist(f"c{c.pk}")) for c in criteria}
        try:
            settling.set_grounds(call, chosen, actor=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Les questions de chaque critère sont enregistrées."))
        return redirect("evaluations:grounds", call_pk)
    linked = set(Ground.objects.filter(criterion__call=call).values_list("criterion", "key"))
    context = {"call": call, "criteria": lines_of(criteria, sections, linked)}
    return render(request, "reviews/evaluations/grounds.html", context)


def questions_of(call):
    """(section, questions) of the form in force that experts read."""
    form = call.forms.exclude(published_at=None).order_by("-number").first()
    if form is None:
        return []
    withheld = withheld_from_experts(call)
    shown = [
        (s.title, [q for q in s.questions if q.confidentiality not in withheld])
        for s in parse(form.definition).sections
    ]
    return [(title, questions) for title, questions in shown if questions]


def lines_of(criteria, sections, linked):
    return [
        {
            "criterion": criterion,
            "linked": [
                question.label
                for _title, questions in sections
                for question in questions
                if (criterion.pk, question.key) in linked
            ],
            "sections": [
                (title, boxes_of(criterion.pk, questions, linked)) for title, questions in sections
            ],
        }
        for criterion in criteria
    ]


def boxes_of(criterion, questions, linked):
    """A tick box for each question: criteria times questions are too many for a template."""
    return format_html_join(
        "",
        '<div class="form-check"><input class="form-check-input" type="checkbox" name="{0}"'
        ' value="{1}" id="{0}-{1}"{3}>'
        '<label class="form-check-label" for="{0}-{1}">{2}</label></div>',
        (
            (
                f"c{criterion}",
                question.key,
                question.label,
                TICKED if (criterion, question.key) in linked else "",
            )
            for question in questions
        ),
    )
