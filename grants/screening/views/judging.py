from django.contrib import messages
from django.http import Http404
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.access import Refused, require
from grants.core.prepared import prepared
from grants.dossiers import permissions as dossiers_may
from grants.dossiers.as_read import answers_as_read
from grants.dossiers.flow import FLOW
from grants.dossiers.forms_of import handed_in
from grants.dossiers.kept import deposits_of, steps_of
from grants.dossiers.states import TO_SCREEN
from grants.formbuilder.text import storable
from grants.screening import listing, operations
from grants.screening import permissions as may
from grants.screening.checklist import blockers, lines_of
from grants.screening.delay import clock_of
from grants.screening.digest import is_late
from grants.screening.forms import CheckForm, CompletionForm, RejectForm
from grants.screening.kept import attempts_on, checks_of, requests_of
from grants.screening.line_rows import Faulty, line_as_html, lines_as_html
from grants.screening.lines import items_of
from grants.screening.versions import changes

STEPS = ("ask_completion", "extend_completion", "admit", "reject", "resume_review")


def received_or_404(request, pk):
    return received.one_or_404(request.user, pk)


@prepared
def received(user, pk):
    return listing.received(user).for_detail().filter(pk=pk)


def dossier(request, pk):
    return show(request, received_or_404(request, pk))


def show(request, found, *, faulty=None):
    """The page of a dossier; `faulty` is the line whose answer could not be saved."""
    context = sheet(request.user, found)
    deposit = context["deposit"]
    context["answers"] = deposit and answers_as_read(handed_in(found, deposit), found.pk)
    context["faulty"] = faulty
    context["checklist"] = lines_as_html(
        context["lines"],
        found.pk,
        token=get_token(request),
        may_check=context["may_check"],
        faulty=faulty,
    )
    return render(request, "grants/screening/dossier.html", context)


def sheet(user, dossier):
    """Checklist, facts and history of one dossier."""
    deposits = deposits_of(dossier.pk)[::-1]
    deposit = deposits[0] if deposits else None
    requests = requests_of(dossier.pk)[::-1]
    lines = lines_of(
        checks_of(dossier.pk),
        deposit and deposit.content.get("verdict"),
        items_of(dossier.call_id),
    )
    steps = FLOW.open_steps(user, dossier).intersection(STEPS)
    now = timezone.now()
    if "resume_review" in steps and operations.lack_of_resumption(dossier, at=now):
        steps -= {"resume_review"}
    return {
        "dossier": dossier,
        "deposit": deposit,
        "lines": lines,
        "answered": sum(1 for line in lines if line.check),
        "blocked": [line.item.label for line in blockers(lines)],
        "may_check": bool(steps) and dossier.state in TO_SCREEN,
        "may_hand_over": may.CHECK.allows(user, dossier),
        "steps": steps,
        "requests": requests,
        "deposits": deposits,
        "clock": clock_of(dossier, deposits, requests, timezone.localdate(now)),
        "is_late": is_late(dossier, now),
        "attempts": attempts_on(dossier.pk),
        "events": [event(row) for row in steps_of(dossier.pk)],
    }


def versions(request, pk):
    """What changed from one deposit to another, the last two unless others are asked for."""
    found = received_or_404(request, pk)
    deposits = deposits_of(found.pk)
    last = len(deposits)
    after = number_of(request.GET.get("a"), 2, last) or last
    before = number_of(request.GET.get("de"), 1, after - 1) or after - 1
    context = {"dossier": found, "deposits": deposits, "before": before, "after": after}
    if last > 1:
        old, new = (handed_in(found, deposits[n - 1]) for n in (before, after))
        context["changes"] = changes(old, new)
    return render(request, "grants/screening/versions.html", context)


def number_of(typed, least, most):
    """A version number between two bounds, or None."""
    if typed and typed.isascii() and typed.isdecimal() and len(typed) < 6:
        return int(typed) if least <= int(typed) <= most else None
    return None


EVENTS = {
    "submit": gettext_lazy("Dossier déposé"),
    "ask_completion": gettext_lazy("Compléments demandés"),
    "extend_completion": gettext_lazy("Délai de réponse prolongé"),
    "complete": gettext_lazy("Compléments reçus"),
    "resume_review": gettext_lazy("Évaluation reprise sans complément"),
    "admit": gettext_lazy("Déclaré recevable"),
    "reject": gettext_lazy("Déclaré irrecevable"),
    "start_review": gettext_lazy("Confié aux experts"),
    "rank": gettext_lazy("Classé"),
    "award": gettext_lazy("Retenu"),
    "reserve": gettext_lazy("Inscrit en réserve"),
    "refuse": gettext_lazy("Non retenu"),
    "withdraw": gettext_lazy("Retiré par l’entreprise"),
}


def event(row):
    return {"at": row.at, "title": EVENTS[row.step], "actor": row.actor, "note": row.reason}


@require_POST
def check(request, pk, key):
    found = received_or_404(request, pk)
    require(may.CHECK, request.user, found)
    if key not in {item.key for item in items_of(found.call_id)}:
        raise Http404
    problem = save_check(found, key, request)
    faulty = Faulty(key, problem, typed_in(request.POST)) if problem else None
    if request.htmx:
        return check_fragment(request, found, key, faulty)
    if faulty:
        return show(request, found, faulty=faulty)
    return redirect(reverse("screening:dossier", args=[pk]) + f"#{key}")


check.keeps_any_text = True


def typed_in(fields):
    return {name: storable(fields.get(name, "")) for name in ("outcome", "note")}


def save_check(dossier, key, request):
    """Save the answer of one line; return the sentence that says why not."""
    form = CheckForm(request.POST)
    if not form.is_valid():
        return form.problem()
    try:
        operations.check(dossier, key, actor=request.user, **form.cleaned_data)
    except Refused as refusal:
        return str(refusal)
    return ""


def check_fragment(request, dossier, key, faulty):
    context = sheet(request.user, dossier)
    line = next(line for line in context["lines"] if line.item.key == key)
    context["line"] = line_as_html(
        line,
        dossier.pk,
        token=get_token(request),
        may_check=context["may_check"],
        faulty=faulty,
    )
    return render(request, "grants/screening/_saved.html", context)


def ask_completion(request, pk):
    found = received_or_404(request, pk)
    require(dossiers_may.SCREEN, request.user, found)
    form = CompletionForm(request.POST or None, definition=found.form.definition)
    if request.method == "POST" and form.is_valid():
        try:
            operations.ask_completion(
                found, notes=form.notes_typed(), actor=request.user, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("La demande est envoyée à l’entreprise."))
            for note in form.notes():
                messages.info(request, note)
            return redirect("screening:dossier", pk)
    context = {"dossier": found, "form": form, "is_open": may_take(found, "ask_completion")}
    return render(request, "grants/screening/ask_completion.html", context)


ask_completion.keeps_any_text = True


def may_take(dossier, step):
    return dossier.state in FLOW.steps[step].sources


@require_POST
def resume_review(request, pk):
    found = received_or_404(request, pk)
    require(dossiers_may.SCREEN, request.user, found)
    try:
        operations.resume_review(found, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Le dossier est rendu à ses lecteurs, tel qu’il était."))
    return redirect("screening:dossier", pk)


@require_POST
def admit(request, pk):
    found = received_or_404(request, pk)
    try:
        operations.admit(found, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("screening:dossier", pk)
    messages.success(
        request, _("%(dossier)s est recevable. L’entreprise est prévenue.") % {"dossier": found}
    )
    return redirect("screening:queue")


def reject(request, pk):
    found = received_or_404(request, pk)
    require(dossiers_may.SCREEN, request.user, found)
    form = RejectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.reject(found, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("%(dossier)s est irrecevable. L’entreprise est prévenue.") % {"dossier": found},
            )
            return redirect("screening:queue")
    context = {"dossier": found, "form": form, "is_open": may_take(found, "reject")}
    return render(request, "grants/screening/reject.html", context)


reject.keeps_any_text = True
