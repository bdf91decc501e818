from django.contrib import messages
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Refused, require
from grants.programmes.models import Call
from grants.programmes.states import CallState
from reviews.assignments import board, candidates, counting, narrowing, operations, telling
from reviews.assignments import permissions as may
from reviews.assignments.finding import followed, readers_of, wishes_of
from reviews.assignments.forms import RemovalForm
from reviews.assignments.models import Assignment
from reviews.assignments.proposal import propose
from reviews.assignments.tally import FOLLOWED

LINES = 25


def overview(request, call_pk):
    call = get_call(request, call_pk)
    now = timezone.now()
    dossiers = call.dossiers.filter(state__in=FOLLOWED).order_by("number")
    totals = counting.totals_of(call.pk, now=now)
    chosen, filters = asked_of(request, call, dossiers, totals.people, now=now)
    told = chosen.select_related("theme").only("number", "title", "call_id", "theme__name")
    page = Paginator(told, LINES).get_page(request.GET.get("page"))
    shown = board.readings_of([dossier.pk for dossier in page], now=now)
    is_part = page.has_other_pages() or filters["is_narrowed"]
    context = {
        "call": call,
        "page": page,
        "lines": board.lines(page, shown, wanted=call.reviews_per_dossier),
        "chart": board.grid(call, shown, is_part=is_part) if shown else None,
        "key": board.key(),
        "totals": totals,
        **filters,
        "may_plan": may.PLAN.allows(request.user, call),
    }
    return render(request, "reviews/assignments/overview.html", context)


def asked_of(request, call, dossiers, readers, *, now):
    """The dossiers of the kind and of the expert asked for, and what the filters show."""
    kind, expert = request.GET.get("kind", ""), request.GET.get("expert", "")
    people = narrowing.readers_in(call, readers, asked=expert)
    kind = kind if kind in narrowing.KINDS else ""
    expert = expert if expert in dict(people) else ""
    found = narrowing.narrowed(dossiers, kind, call, now=now)
    if expert:
        found = narrowing.read_by(found, int(expert))
    of_expert = f"&expert={expert}" if expert else ""
    return found, {
        "people": people,
        "expert": expert,
        "kind": kind,
        "kinds": [
            (f"?kind={value}{of_expert}", label, value == kind)
            for value, label in narrowing.KINDS.items()
        ],
        "query": f"kind={kind}{of_expert}&" if kind or expert else "",
        "is_narrowed": bool(kind or expert),
    }


def plan(request, call_pk):
    call = get_call(request, call_pk)
    require(may.PLAN, request.user, call)
    proposal = propose(call)
    context = {
        "call": call,
        "proposal": proposal,
        **telling.parted(telling.by_dossier(proposal)),
        "experts": telling.by_expert(proposal),
        "under_floor": telling.under_floor(proposal),
        "shortages": telling.shortages(proposal),
        "ways_out": telling.ways_out(proposal),
        "unmet": telling.unmet(proposal),
        "detected": proposal.situation.detected,
        "is_reviewing": call.state == CallState.REVIEWING,
        "may_apply": proposal.is_possible and call.state == CallState.REVIEWING,
        "readers": len({choice.expert.pk for choice in proposal.new}),
        "highest": call.reviews_per_dossier,
    }
    return render(request, "reviews/assignments/plan.html", context)


def problem(request, call_pk):
    """What the solver was asked, so that an auditor can ask it again."""
    call = get_call(request, call_pk)
    require(may.PLAN, request.user, call)
    document = propose(call).document
    response = JsonResponse(document or {}, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="affectation-{call.code}.json"'
    return response


def get_call(request, pk):
    calls = Call.objects.followed_by(request.user).for_list()
    return get_object_or_404(calls.select_related("assignment_rules"), pk=pk)


def dossier(request, pk):
    file = get_dossier(request, pk)
    require(may.PLAN, request.user, file.call)
    return show_dossier(request, file)


def show_dossier(request, file, *, form=None, removing=None):
    now = timezone.now()
    given = readers_of(file.pk)
    readers = [assignment.expert for assignment in given]
    page, places = candidates.page_for(file, readers, request.GET.get("page", ""))
    context = {
        "dossier": file,
        "dossier_pk": str(file.pk),
        "readers": board.badges(given, now=now),
        "wishes": wishes_of(file.pk),
        "missing": max(file.call.reviews_per_dossier - len(given), 0),
        "call": file.call,
        "page": page,
        "candidates": candidates.lines(file.call, places, readers),
        "form": form,
        "removing": removing,
    }
    return render(request, "reviews/assignments/dossier.html", context)


def get_dossier(request, pk):
    return followed.one_or_404(request.user, pk)


@require_POST
def remove(request, pk):
    assignments = Assignment.objects.kept_by(request.user).select_related(
        "dossier__call__programme", "dossier__theme", "dossier__organisation", "expert__user"
    )
    assignment = get_object_or_404(assignments, pk=pk)
    require(may.REMOVE, request.user, assignment)
    form = RemovalForm(request.POST, auto_id=f"%s-{assignment.pk}")
    if not form.is_valid():
        return show_dossier(request, assignment.dossier, form=form, removing=assignment.pk)
    try:
        operations.remove(assignment, reason=form.cleaned_data["reason"], actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("Le dossier n’est plus confié à %(expert)s, qui en est averti.")
            % {"expert": assignment.expert},
        )
    return redirect("assignments:dossier", assignment.dossier_id)


remove.keeps_any_text = True
