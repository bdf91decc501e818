"""How far the reviews of a call are: who handed in, who is late. A part of the cockpit."""

from itertools import accumulate

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from grants.core.naming import by_name
from grants.programmes.models import Call
from reviews.assignments import board
from reviews.assignments.models import Assignment

SQUARES = 200  # readings on the grid: the latest experts first, so that nobody late is left out
HANDED_IN = Q(evaluation__state=board.HANDED_IN)


@require_safe
def progress(request, call_pk):
    call = get_object_or_404(Call.objects.followed_by(request.user), pk=call_pk)
    now = timezone.now()
    people = tally(call, now)
    shown = drawn(people)
    context = {
        "call": call,
        "totals": {name: sum(row[name] for row in people) for name in ("given", "done", "late")},
        "chart": board.grid(call, readings_of(call, shown, now)) if shown else None,
        "key": board.key(),
        "left_out": len(people) - len(shown),
        "in_cockpit": bool(request.htmx),
    }
    page = "_progress.html" if request.htmx else "progress.html"
    return render(request, f"reviews/assignments/{page}", context)


def drawn(people):
    """Whole rows, as many as the grid holds; always one."""
    so_far = accumulate(row["given"] for row in people)
    return [
        row["expert_id"]
        for place, (row, squares) in enumerate(zip(people, so_far, strict=True))
        if squares <= SQUARES or place == 0
    ]


def tally(call, now):
    """Each expert's readings, counted in the database; those who are late come first."""
    late = Q(due_at__lte=now) & ~HANDED_IN
    return list(
        Assignment.objects.active()
        .filter(dossier__call=call)
        .order_by()
        .values("expert_id")
        .annotate(
            given=Count("pk"), done=Count("pk", filter=HANDED_IN), late=Count("pk", filter=late)
        )
        .order_by("-late", by_name("expert__user__full_name"), "expert_id")
    )


def readings_of(call, experts, now):
    assignments = Assignment.objects.filter(dossier__call=call, expert__in=experts)
    return board.readings_of(assignments, now=now)
