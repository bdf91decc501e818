"""The dossiers of a call, counted in the database in one pass, then added up."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Min, Q, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from grants.dossiers.models import Dossier
from grants.dossiers.states import DECIDED, RECEIVED, State

ADMITTED = {State.ADMISSIBLE, State.IN_REVIEW, State.RANKED} | DECIDED
RANKED = {State.RANKED} | DECIDED
# A dossier withdrawn after it was handed in still counts as received.
STAGES = {
    "received": RECEIVED,
    "admitted": ADMITTED,
    "ranked": RANKED,
    "awarded": {State.AWARDED},
}


@dataclass
class Heap:
    """Some dossiers: how many, and what they ask for together."""

    count: int = 0
    requested: Decimal = Decimal(0)

    def add(self, count, requested):
        self.count += count
        self.requested += requested or 0


@dataclass(frozen=True)
class Counts:
    begun: int
    received: Heap
    admitted: Heap
    ranked: Heap
    awarded: Heap
    waiting: int
    oldest_at: datetime | None
    themes: dict[str, Heap]
    departments: dict[str, Heap]


def counts_of(call):
    """Drafts are counted and never summed: what they ask for is their authors' business."""
    heaps = {name: Heap() for name in ("begun", *STAGES)}
    themes, departments = defaultdict(Heap), defaultdict(Heap)
    waiting, oldest_at = 0, None
    for state, theme, department, n, handed_in, requested, first_at in rows_of(call):
        heaps["begun"].add(n, 0)
        if not handed_in:
            continue
        for name, states in STAGES.items():
            if state in states:
                heaps[name].add(handed_in, requested)
        themes[theme or ""].add(handed_in, requested)
        departments[department].add(handed_in, requested)
        if state == State.SUBMITTED:
            waiting += n
            oldest_at = min(filter(None, [oldest_at, first_at]))
    return Counts(
        begun=heaps["begun"].count,
        waiting=waiting,
        oldest_at=oldest_at,
        themes=dict(themes),
        departments=dict(departments),
        **{name: heaps[name] for name in STAGES},
    )


def rows_of(call):
    """One row per state, theme and department: some hundreds at most, however many dossiers."""
    return (
        Dossier.objects.filter(call=call)
        .values_list("state", "theme__name", "department")
        .annotate(
            n=Count("pk"),
            handed_in=Count("submitted_at"),
            asked=Sum("requested", filter=Q(submitted_at__isnull=False)),
            first_at=Min("submitted_at"),
        )
    )


def deposits_by_day(call, *, now, longest=120):
    """Every day from the opening to the closing or today, with the dossiers handed in."""
    first = timezone.localdate(call.opens_at)
    last = min(timezone.localdate(call.closes_at), timezone.localdate(now))
    found = dict(
        Dossier.objects.filter(call=call, submitted_at__isnull=False)
        .annotate(day=TruncDate("submitted_at"))
        .values_list("day")
        .annotate(Count("pk"))
    )
    if not found:
        return []
    first, last = min(first, *found), max(last, *found)
    first = max(first, last - timedelta(days=longest - 1))
    days = (first + timedelta(days=i) for i in range((last - first).days + 1))
    return [(day, found.get(day, 0)) for day in days]
