from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import Refused
from accounts.organisations import permissions as organisation_may
from accounts.organisations.models import Organisation
from grants.dossiers import operations
from grants.dossiers.as_read import answers_as_read
from grants.dossiers.finding import find
from grants.dossiers.forms import CompanyForm
from grants.dossiers.forms_of import filled, form_changes_of, handed_in
from grants.dossiers.holding import in_time
from grants.dossiers.kept import answers_of, deposits_numbered, deposits_of, last_deposit_of
from grants.dossiers.models import Dossier
from grants.dossiers.papers import handed_out
from grants.dossiers.printing import dossier_pdf
from grants.dossiers.states import State
from grants.dossiers.story import request_of, timeline_of
from grants.dossiers.tending import tended
from grants.programmes.models import Call


def list(request):
    dossiers = Dossier.objects.of_applicant(request.user).for_list()
    companies = Organisation.objects.of(request.user).order_by("name")
    context = {
        "dossiers": dossiers,
        "companies": companies,
        "calls": Call.objects.accepting().for_list(),
        "now": timezone.now(),
    }
    return render(request, "grants/dossiers/list.html", context)


@require_POST
def begin(request, call):
    call = get_object_or_404(Call.objects.seen_by(request.user), pk=call)
    companies = Organisation.objects.filter(organisation_may.EDIT.rows(request.user))
    if not companies:
        messages.info(request, _("Déclarez d’abord l’entreprise qui dépose le dossier."))
        return redirect(f"{reverse('organisations:new')}?next={call.get_absolute_url()}")
    form = CompanyForm(companies, request.POST if "chosen" in request.POST else None)
    if len(companies) == 1:
        company = companies[0]
    elif form.is_valid():
        company = form.cleaned_data["organisation"]
    else:
        return render(request, "grants/dossiers/begin.html", {"form": form, "call": call})
    return open_dossier(request, call, company)


def open_dossier(request, call, company):
    try:
        dossier = operations.begin(call, organisation=company, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(call)
    return redirect(dossier)


def detail(request, pk):
    dossier = find(request.user, pk)
    if not dossier.is_colleague:
        return for_staff(request, dossier)
    if dossier.is_editable:
        return task_list(request, dossier)
    return redirect("tracking:dossier", dossier.pk)


def task_list(request, dossier):
    answers = answers_of(dossier.pk)
    form = filled(dossier, answers=answers)
    is_open = in_time(dossier, timezone.now())
    context = {
        "dossier": dossier,
        "filled": form,
        "tended": tended(dossier, form, answers),
        "following": form.unfinished,
        "form_changes": form_changes_of(dossier),
        "is_open": is_open,
        "answers": "" if dossier.is_author and is_open else answers_as_read(form, dossier.pk),
        "asked": request_of(dossier) if dossier.state == State.INCOMPLETE else None,
        "points": points_of(dossier, form),
    }
    return render(request, "grants/dossiers/detail.html", context)


def points_of(dossier, form):
    """The questions to take up again, each with its section and what was said about it."""
    if dossier.open_questions is None:
        return []
    return [
        {"section": s.section, "question": r.question, "note": dossier.note_on(r.question.key)}
        for s in form.sections
        for r in s.replies
        if r.question.key in dossier.open_questions
    ]


@require_GET
def answers(request, pk, version=None):
    """What was handed in, to read again; before that, what its authors have written."""
    dossier = find(request.user, pk)
    if not dossier.is_colleague and version is None:
        raise Http404
    submission = deposit_of(dossier, version)
    form = handed_in(dossier, submission) if submission else filled(dossier)
    context = {
        "dossier": dossier,
        "submission": submission,
        "answers": answers_as_read(form, dossier.pk),
    }
    return render(request, "grants/dossiers/answers.html", context)


@require_GET
def pdf(request, pk, version):
    dossier = find(request.user, pk)
    submission = deposit_of(dossier, version)
    name = f"dossier-{dossier.reference}-v{version}.pdf"
    return handed_out(request, lambda: dossier_pdf(submission), name=name, back=dossier)


def deposit_of(dossier, version):
    """That deposit or 404; the last one, if any, when no version is named."""
    if version is None:
        submission = last_deposit_of(dossier.pk)
    else:
        submission = deposits_numbered.one_or_404(dossier.pk, version)
    if submission:
        submission.dossier = dossier
    return submission


def for_staff(request, dossier):
    """What was handed in, never what is being written."""
    submissions = deposits_of(dossier.pk)
    form = handed_in(dossier, submissions[-1]) if submissions else filled(dossier)
    context = {
        "dossier": dossier,
        "answers": answers_as_read(form, dossier.pk),
        "submissions": submissions,
        "events": timeline_of(dossier),
        "attempts": dossier.attempts.select_related("by"),
        "accesses": dossier.late_accesses.select_related("by"),
    }
    return render(request, "grants/dossiers/reading.html", context)
