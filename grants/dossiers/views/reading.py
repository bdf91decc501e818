from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Refused
from accounts.organisations import permissions as organisation_may
from accounts.organisations.models import Organisation
from grants.dossiers import operations
from grants.dossiers.finding import find
from grants.dossiers.forms import CompanyForm
from grants.dossiers.forms_of import filled, form_changes_of, handed_in
from grants.dossiers.holding import in_time
from grants.dossiers.models import Dossier
from grants.dossiers.states import State
from grants.dossiers.story import calendar_of, request_of, timeline_of
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
    return for_authors(request, dossier)


def task_list(request, dossier):
    answers = [*dossier.answers.as_rows()]
    form = filled(dossier, answers=answers)
    context = {
        "dossier": dossier,
        "filled": form,
        "tended": tended(dossier, form, answers),
        "following": form.unfinished,
        "form_changes": form_changes_of(dossier),
        "is_open": in_time(dossier, timezone.now()),
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


def for_authors(request, dossier):
    submissions = [*dossier.submissions.all()]
    context = {
        "dossier": dossier,
        "filled": handed_in(dossier, submissions[-1]) if submissions else filled(dossier),
        "submissions": submissions,
        "events": timeline_of(dossier, for_staff=False),
        "stages": calendar_of(dossier),
    }
    return render(request, "grants/dossiers/sent.html", context)


def for_staff(request, dossier):
    """What was handed in, never what is being written."""
    submissions = [*dossier.submissions.select_related("by")]
    context = {
        "dossier": dossier,
        "filled": handed_in(dossier, submissions[-1]) if submissions else filled(dossier),
        "submissions": submissions,
        "events": timeline_of(dossier, for_staff=True),
        "attempts": dossier.attempts.select_related("by"),
        "accesses": dossier.late_accesses.select_related("by"),
    }
    return render(request, "grants/dossiers/reading.html", context)
