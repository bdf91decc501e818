from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Refused, require
from grants.programmes.models import Call
from grants.programmes.states import CallState
from reviews.assignments import counting
from reviews.assignments import permissions as may
from reviews.assignments.narrowing import KINDS, narrowed
from reviews.assignments.tally import FOLLOWED
from reviews.experts.models import Expert
from reviews.followup import operations
from reviews.followup.doubts import apart_of, doubts_of, named
from reviews.followup.heat import MOST, heat, paged
from reviews.followup.lateness import told

LINES = 25


def get_call(request, pk):
    calls = Call.objects.filter(may.FOLLOW.rows(request.user)).select_related("programme")
    return get_object_or_404(calls, pk=pk)


@require_safe
def call(request, call_pk):
    found = get_call(request, call_pk)
    now = timezone.now()
    totals = counting.totals_of(found.pk, now=now)
    # Once the order is settled nobody is waited for any more.
    owing = totals.debtors if found.state == CallState.REVIEWING else 0
    page = Paginator(range(owing), LINES).get_page(request.GET.get("page"))
    doubts = doubts_of(found)
    dossiers = named(found, [one.dossier for one in (*doubts.widest, *doubts.further)])
    context = {
        "call": found,
        "page": page,
        "debtors": owing and debtors(found, page, now),
        "totals": totals,
        "apart": [(dossiers[one.dossier], one) for one in doubts.widest],
        "all_apart": doubts.apart,
        "further": [(dossiers[one.dossier], one) for one in doubts.further],
        "places": doubts.places,
        "may_plan": may.PLAN.allows(request.user, found),
    }
    return render(request, "reviews/followup/call.html", context)


def debtors(call, page, now):
    rows = counting.debtors_of(call.pk, now=now, start=page.start_index() - 1, most=LINES)
    return told(call, rows, now=now)


@require_safe
def live(request, call_pk):
    """The figures alone, asked again every few seconds by the page."""
    found = get_call(request, call_pk)
    totals = counting.totals_of(found.pk, now=timezone.now())
    return render(request, "reviews/followup/_totals.html", {"totals": totals})


@require_safe
def apart(request, call_pk):
    """Every dossier whose readers disagree, a page at a time."""
    found = get_call(request, call_pk)
    lines, page = apart_of(found, request.GET.get("page"))
    dossiers = named(found, [one.dossier for one in lines])
    context = {
        "call": found,
        "page": page,
        "apart": [(dossiers[one.dossier], one) for one in lines],
        "may_plan": may.PLAN.allows(request.user, found),
    }
    return render(request, "reviews/followup/apart.html", context)


@require_safe
def chart(request, call_pk):
    found = get_call(request, call_pk)
    now = timezone.now()
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    followed = found.dossiers.filter(state__in=FOLLOWED).order_by("number")
    dossiers = narrowed(followed, kind, found, now=now)
    page, shown = paged(found, dossiers, kind, request.GET.get("page"))
    wanted = request.GET.get("experts", "")
    part = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else 1
    context = {
        "call": found,
        "page": page,
        "map": heat(shown, part, now=now),
        "kind": kind,
        "kinds": KINDS.items(),
        "query": f"kind={kind}&" if kind else "",
        "is_cut": kind and page.paginator.count == MOST,
        "may_plan": may.PLAN.allows(request.user, found),
    }
    return render(request, "reviews/followup/chart.html", context)


@require_POST
def remind(request, call_pk):
    found = get_call(request, call_pk)
    require(may.PLAN, request.user, found)
    typed = request.POST.get("expert", "")
    if not typed:
        return remind_all(request, found)
    known = Expert.objects.filter(seats__call=found).select_related("user")
    is_number = typed.isascii() and typed.isdigit() and len(typed) < 18
    expert = get_object_or_404(known, pk=typed if is_number else 0)
    try:
        operations.nudge(found, expert, actor=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("%(expert)s est relancé.") % {"expert": expert})
    return redirect("followup:call", call_pk)


def remind_all(request, found):
    done, refused = operations.nudge_late(found, actor=request.user)
    text = ngettext("%(n)d expert relancé.", "%(n)d experts relancés.", len(done))
    messages.success(request, text % {"n": len(done)})
    if refused:
        text = ngettext(
            "%(n)d autre l’avait déjà été aujourd’hui.",
            "%(n)d autres l’avaient déjà été aujourd’hui.",
            len(refused),
        )
        messages.warning(request, text % {"n": len(refused)})
    return redirect("followup:call", found.pk)
