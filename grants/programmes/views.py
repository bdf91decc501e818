from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.access import Refused, require
from grants.programmes import operations
from grants.programmes import permissions as may
from grants.programmes.finding import bounds_of, calls_seen, criteria_of, steps_of, themes_of
from grants.programmes.flow import FLOW
from grants.programmes.forms import CallForm, CriteriaFormSet, ProgrammeForm
from grants.programmes.grid import COPIED_CRITERION, grouped
from grants.programmes.models import Call, Programme
from grants.programmes.readiness import WHOLE
from grants.programmes.sharing_forms import SeedForm
from grants.programmes.states import CallState

PER_PAGE = 25
COPIED = (
    "max_rate", "max_aid", "max_grant", "min_base_mvp", "min_base", "max_months",
    "max_age_years", "reviews_per_dossier", "reading_minutes", "method", "top_score", "threshold",
    "experts_read_personal", "summary", "four_eyes",
)  # fmt: skip


@login_not_required
def calls(request):
    found = Call.objects.seen_by(request.user).for_list()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    managed = Programme.objects.filter(may.RUN_PROGRAMME.rows(request.user)).order_by("name")
    context = {"page": page, "managed": managed, "now": timezone.now()}
    return render(request, "grants/programmes/calls.html", context)


@login_not_required
def call(request, pk):
    found = next(iter(calls_seen(request.user, pk)), None)
    if found is None:
        return ask_who(request)
    now = timezone.now()
    context = {
        "call": found,
        "criteria": grouped(criteria_of(found.pk)),
        "themes": themes_of(found.programme_id),
        "accepts": found.accepts(now),
        "is_ahead": found.state == CallState.OPEN and now < found.opens_at,
        "now": now,
        **sharing_of(found),
        **staff_side(request.user, found, now),
    }
    return render(request, "grants/programmes/call.html", context)


def sharing_of(call):
    """How it shares out, where it says more than the order of the ranking."""
    rules = getattr(call, "sharing", None)
    if rules is None:
        return {"sharing": None}
    return {"sharing": rules, "draw": getattr(call, "draw", None), "bounds": bounds_of(call.pk)}


def ask_who(request):
    """A page not open to everybody: sign in first, then it exists or it does not."""
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.get_full_path())


def staff_side(user, call, now):
    """What the people of the programme see besides the published sheet."""
    if not may.FOLLOW.allows(user, call):
        return {"is_staff": False}
    steps = FLOW.open_steps(user, call)
    needs = operations.needs(call, at=now) if call.state == CallState.DRAFT else []
    return {
        "may_grant": may.CLOSE.allows(user, call),
        "may_organise": may.ORGANISE.allows(user, call),
        "is_staff": True,
        "steps": steps,
        "may_edit": may.EDIT.allows(user, call),
        "seed_form": SeedForm() if awaits_seed(user, call) else None,
        "needs": needs,
        "has_form": call.forms.exists(),
        "is_ready": all(need.met for need in needs),
        "is_over": now >= call.closes_at,
        "events": [event(row) for row in steps_of(call.pk)],
    }


def awaits_seed(user, call):
    """Whether this person may publish the digest of a draw now, or its seed."""
    if not (hasattr(call, "sharing") and call.sharing.draws and may.OPEN.allows(user, call)):
        return False
    if hasattr(call, "draw"):
        return not call.draw.seed and call.state in {CallState.RANKED, CallState.DECIDED}
    return call.state in {CallState.DRAFT, CallState.OPEN, CallState.REVIEWING}


EVENTS = {
    "open": gettext_lazy("Appel publié"),
    "start_review": gettext_lazy("Évaluation lancée"),
    "rank": gettext_lazy("Classement arrêté"),
    "conclude": gettext_lazy("Décisions rendues"),
}


def event(row):
    return {"at": row.at, "title": EVENTS[row.step], "actor": row.actor, "note": row.reason}


@login_not_required
def programme(request, pk):
    found = get_object_or_404(Programme, pk=pk)
    published = Call.objects.seen_by(request.user).filter(programme=found)
    calls = list(published.order_by("-opens_at")[:10])
    context = {
        "programme": found,
        "themes": found.themes.all(),
        "calls": calls,
        "last": calls[0] if calls else None,
        "may_run": may.RUN_PROGRAMME.allows(request.user, found),
    }
    return render(request, "grants/programmes/programme.html", context)


def edit_programme(request, pk):
    found = get_object_or_404(Programme, pk=pk)
    require(may.RUN_PROGRAMME, request.user, found)
    form = ProgrammeForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        operations.revise_programme(found, actor=request.user, **form.values())
        messages.success(request, _("Le programme est à jour."))
        return redirect("programmes:programme", pk)
    context = {"programme": found, "form": form}
    return render(request, "grants/programmes/edit_programme.html", context)


def new_call(request, pk):
    found = get_object_or_404(Programme, pk=pk)
    require(may.RUN_PROGRAMME, request.user, found)
    last = found.calls.order_by("-opens_at").first()
    form = CallForm(request.POST or None, initial=first_values(last))
    if request.method == "POST" and form.is_valid():
        call = operations.create_call(
            found, actor=request.user, copied_from=last, **form.cleaned_data
        )
        tell(request, form, _("L’appel est en préparation. Il reste à vérifier ses critères."))
        return redirect(call)
    context = {"programme": found, "form": form, "last": last}
    return render(request, "grants/programmes/new_call.html", context)


def first_values(last):
    """A new call starts from the caps of the one before, the first one from the usual ones."""
    model = last or Call(year=timezone.localdate().year - 1)
    return {"year": model.year + 1, **{name: getattr(model, name) for name in COPIED}}


def tell(request, form, sentence):
    messages.success(request, sentence)
    for note in form.notes():
        messages.info(request, note)


def edit_call(request, pk):
    call = get_object_or_404(Call.objects.seen_by(request.user).for_page(), pk=pk)
    require(may.EDIT, request.user, call)
    form = CallForm(request.POST or None, instance=call)
    if request.method == "POST" and form.is_valid():
        operations.revise_call(call, actor=request.user, **form.cleaned_data)
        tell(request, form, _("L’appel est à jour."))
        return redirect(call)
    return render(request, "grants/programmes/edit_call.html", {"call": call, "form": form})


def criteria(request, pk):
    call = get_object_or_404(Call.objects.seen_by(request.user).for_page(), pk=pk)
    require(may.EDIT, request.user, call)
    rows = list(call.criteria.values("key", *COPIED_CRITERION))
    formset = CriteriaFormSet(
        request.POST or None, initial=rows, form_kwargs={"top_score": call.top_score}
    )
    if request.method == "POST" and formset.is_valid():
        operations.set_criteria(call, formset.rows(), actor=request.user)
        messages.success(request, _("Les critères sont enregistrés."))
        return redirect("programmes:criteria", pk)
    total = sum(row["weight"] for row in rows)
    context = {"call": call, "formset": formset, "total": total, "is_whole": total == WHOLE}
    return render(request, "grants/programmes/criteria.html", context)


@require_POST
def open(request, pk):
    call = get_object_or_404(Call.objects.seen_by(request.user), pk=pk)
    return take(request, call, operations.open_call, _("L’appel est publié."))


@require_POST
def start_review(request, pk):
    call = get_object_or_404(Call.objects.seen_by(request.user), pk=pk)
    return take(request, call, operations.start_review, _("L’évaluation est lancée."))


def take(request, call, act, sentence):
    try:
        act(call, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)
    return redirect(call)
