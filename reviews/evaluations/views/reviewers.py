"""The reviewer's home, declarations, and the files of a dossier."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import Refused
from grants.dossiers.papers import handed_out
from grants.dossiers.printing import WITHHELD_ON_PAPER, dossier_pdf
from grants.dossiers.serving import served
from grants.programmes.models import Call
from reviews.assignments.models import Assignment
from reviews.evaluations import operations
from reviews.evaluations.desk import days_of, next_of, readings_of
from reviews.evaluations.forms import DeclarationForm
from reviews.evaluations.models import Evaluation
from reviews.evaluations.reading import documents_of
from reviews.experts.models import Seat
from reviews.phases.veil import is_veiled, veil_assignments, veil_evaluation


def desk(request):
    now = timezone.now()
    assignments = veil_assignments(list(Assignment.objects.given_to(request.user).for_desk()))
    calls = Call.objects.filter(pk__in={a.dossier.call_id for a in assignments})
    criteria = dict(calls.annotate(n=Count("criteria")).values_list("pk", "n"))
    readings = readings_of(assignments, criteria=criteria, now=now)
    context = {
        "days": days_of(readings),
        "next": next_of(readings),
        "stale": [reading for reading in readings if reading.is_stale],
        "finished": [reading for reading in readings if reading.is_done],
        "total": len(readings),
        "now": now,
        "seats": Seat.objects.of(request.user)
        .filter(undertaking_signed_at=None, declined_at=None)
        .select_related("call__programme"),
        "is_expert": hasattr(request.user, "expert"),
    }
    return render(request, "reviews/evaluations/desk.html", context)


def declare(request, pk):
    assignments = Assignment.objects.given_to(request.user).for_desk()
    assignment = get_object_or_404(assignments.select_related("expert__user"), pk=pk)
    veil_assignments([assignment])
    form = DeclarationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return record_declaration(request, assignment, form)
    dossier = assignment.dossier
    context = {
        "assignment": assignment,
        "dossier": dossier,
        "form": form,
        "is_blind": is_veiled(dossier),
    }
    return render(request, "reviews/evaluations/declare.html", context)


def record_declaration(request, assignment, form):
    try:
        interest = operations.declare(assignment, actor=request.user, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("evaluations:desk")
    if interest.is_conflict:
        messages.success(
            request,
            _("Votre lien est enregistré. Ce dossier vous est fermé, le service prévenu."),
        )
        return redirect("evaluations:desk")
    return redirect("evaluations:evaluate", Evaluation.objects.get(assignment=assignment).pk)


def document(request, pk, document_pk):
    evaluation = get_object_or_404(
        Evaluation.objects.written_by(request.user).for_desk().with_phase(), pk=pk
    )
    veil_evaluation(evaluation)  # a dossier without its names has no files either
    file = documents_of(evaluation.assignment.dossier).get(document_pk)
    if file is None:
        raise Http404
    return served(request, file)


@require_GET
def paper(request, pk):
    """The last deposit as a PDF, without what a paper may not carry away."""
    evaluation = get_object_or_404(
        Evaluation.objects.written_by(request.user).for_desk().with_phase(), pk=pk
    )
    if not evaluation.names_applicants:
        messages.warning(request, _("Ce dossier est lu sans ses noms : il n’a pas de PDF."))
        return redirect("evaluations:evaluate", pk)
    dossier = evaluation.assignment.dossier
    submission = dossier.submissions.select_related("by").last()
    if submission is None:
        raise Http404
    submission.dossier = dossier
    return handed_out(
        request,
        lambda: dossier_pdf(submission, withheld=WITHHELD_ON_PAPER),
        name=f"dossier-{dossier.reference}-v{submission.version}.pdf",
        back=reverse("evaluations:evaluate", args=[pk]),
    )
