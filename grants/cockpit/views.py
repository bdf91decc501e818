from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from grants.cockpit import drawings
from grants.cockpit.alerts import alerts_for
from grants.cockpit.board import board_of
from grants.cockpit.following import watch_of
from grants.programmes.calendar import calendar_of
from grants.programmes.states import CallState

SHOWN_CALLS = 6
REVIEWED = {CallState.REVIEWING, CallState.RANKED, CallState.DECIDED}


@require_safe
def home(request):
    now = timezone.now()
    asked = request.GET.get("call", "")
    watch = watch_of(request.user, asked=asked, now=now)
    if watch is None or (asked and watch.call is None):
        raise Http404
    context = {"watch": watch, "call": watch.call, "calls": shown(watch)}
    if watch.call:
        context |= page_of(watch, now)
    return render(request, "grants/cockpit/home.html", context)


def shown(watch):
    """The latest calls, and always the one on the page."""
    latest = watch.calls[:SHOWN_CALLS]
    return latest if watch.call in [None, *latest] else [*latest, watch.call]


def page_of(watch, now):
    call, board = watch.call, board_of(watch.call, now=now)
    return {
        "alerts": alerts_for(watch, board, now),
        "calendar": calendar_of(call, today=timezone.localdate(now)),
        "today": timezone.localdate(now),
        "closes_soon": call.accepts(now),
        "counts": board.counts,
        "funnel": drawings.funnel_of(board.counts),
        "themes": drawings.themes_of(board.counts),
        "departments": drawings.departments_of(board.counts),
        "deposits": drawings.deposits_of(board.days) if board.days else None,
        "gauges": list(zip(board.envelopes, drawings.gauges_of(board), strict=True)),
        "is_reviewed": call.state in REVIEWED,
    }
