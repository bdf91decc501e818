"""How far the reviews of a call are: who handed in, who is late. A part of the cockpit."""

from itertools import accumulate

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from grants.programmes.models import Call
from reviews.assignments import board, counting

SQUARES = 200  # readings on the grid: the latest experts first, so that nobody late is left out


@require_safe
def progress(request, call_pk):
    call = get_object_or_404(Call.objects.followed_by(request.user), pk=call_pk)
    now = timezone.now()
    totals = counting.totals_of(call.pk, now=now)
    shown = drawn(counting.latest(call.pk, now=now, most=SQUARES))
    readings = board.readings_by(shown, call.pk, now=now)
    context = {
        "call": call,
        "totals": totals,
        "chart": board.grid(call, readings) if shown else None,
        "key": board.key(),
        "left_out": totals.people - len(shown),
        "in_cockpit": bool(request.htmx),
    }
    page = "_progress.html" if request.htmx else "progress.html"
    return render(request, f"reviews/assignments/{page}", context)


def drawn(people):
    """Whole rows, as many as the grid holds; always one."""
    so_far = accumulate(one.given for one in people)
    return [
        one.expert
        for place, (one, squares) in enumerate(zip(people, so_far, strict=True))
        if squares <= SQUARES or place == 0
    ]
