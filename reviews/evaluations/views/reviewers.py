"""The reviewer's home, declarations, and the files of a dossier."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from accounts.access import Refused
from grants.dossiers.papers import handed_out
from grants.dossiers.printing import dossier_pdf
from grants.dossiers.serving import served
from grants.formbuilder.confidentiality import withheld_from_experts
from reviews.evaluations import operations
from reviews.evaluations.desk import (
    days_of,
    duration_of,
    finished_by,
    left_for,
    next_of,
)
from reviews.evaluations.desk_queries import invitations_of
from reviews.evaluations.desk_rows import finished_rows, left_rows
from reviews.evaluations.finding import to_declare, to_open
from reviews.evaluations.forms import DeclarationForm
from reviews.evaluations.models import Evaluation
from reviews.evaluations.reading import file_to_read
from reviews.phases.veil import is_veiled, veil_assignments, veil_evaluation

PER_PAGE, LAST = 25, 10


def desk(request):
    now = timezone.now()
    left, finished = left_for(request.user), finished_by(request.user)
    is_done = request.GET.get("liste") == "remises"
    page = Paginator(finished if is_done else left, PER_PAGE).get_page(request.GET.get("page"))
    shown = page if is_done else finished[:LAST]
    context = {
        "page": page,
        "is_done": is_done,
        "days": [] if is_done else rows_by_day(page, now=now),
        "finished": finished_rows(shown),
        "is_cut": len(shown) < len(finished),
        "left": len(left),
        "done": len(finished),
        "total": len(left) + len(finished),
        "next": next_of(left),
        "stale": [reading for reading in (*left, *finished) if reading.is_stale],
        "duration": duration_of(left, finished),
        "seats": invitations_of(request.user),
        "is_expert": bool(left or finished) or hasattr(request.user, "expert"),
    }
    return render(request, "reviews/evaluations/desk.html", context)


def rows_by_day(readings, *, now):
    return [(day, left_rows(day.readings, now=now)) for day in days_of(readings, now=now)]


def declare(request, pk):
    assignment = to_declare.one_or_404(request.user, pk)
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


declare.keeps_any_text = True


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


def get_opened(request, pk):
    """One's own, its dossier veiled if it is to be: without its names its files are copies."""
    return veil_evaluation(to_open.one_or_404(request.user, pk))


def opened_file(request, pk, document_pk):
    file = file_to_read(get_opened(request, pk).assignment.dossier, document_pk)
    if file is None:
        raise Http404
    return file


def document(request, pk, document_pk):
    return served(request, opened_file(request, pk, document_pk))


@require_GET
@xframe_options_sameorigin
def preview(request, pk, document_pk):
    """A PDF or a picture, inside the page of its dossier or in a tab of its own."""
    response = served(request, opened_file(request, pk, document_pk), shown=True)
    policy = response.get("Content-Security-Policy", "")
    response["Content-Security-Policy"] = policy.replace(
        "frame-ancestors 'none'", "frame-ancestors 'self'"
    )
    return response


@require_GET
def paper(request, pk):
    """The last deposit as a PDF: it says what the page says, and leaves out the same."""
    evaluation = get_opened(request, pk)
    dossier = evaluation.assignment.dossier
    if is_veiled(dossier):
        messages.warning(request, _("Ce dossier est lu sans ses noms : il n’a pas de PDF."))
        return redirect("evaluations:evaluate", pk)
    submission = dossier.submissions.select_related("by").last()
    if submission is None:
        raise Http404
    submission.dossier = dossier
    withheld = withheld_from_experts(dossier.call)
    return handed_out(
        request,
        lambda: dossier_pdf(submission, withheld=withheld),
        name=f"dossier-{dossier.reference}-v{submission.version}.pdf",
        back=reverse("evaluations:evaluate", args=[pk]),
    )
