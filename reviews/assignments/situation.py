"""What a proposal of assignments starts from: dossiers, experts, links, readings already given."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from grants.dossiers.models import Dossier
from grants.dossiers.states import REVIEWABLE
from reviews.assignments.models import Assignment
from reviews.assignments.rules import AssignmentRules, Wish
from reviews.experts.models import Expert, Interest, Seat
from reviews.links.finding import Detected, find

Kind = Interest.Kind


@dataclass(frozen=True)
class Situation:
    dossiers: tuple[Dossier, ...]
    experts: tuple[Expert, ...]
    seats: dict[int, Seat]  # usable ones, by expert
    given: tuple[Assignment, ...]  # active readings that nothing forbids
    conflicts: frozenset[tuple[int, int]]  # (dossier, expert), declared or detected
    detected: tuple[Detected, ...]
    started: frozenset[tuple[int, int]]  # readings whose expert has declared to have no link
    wishes: tuple[Wish, ...]
    rules: AssignmentRules

    @cached_property
    def load(self):
        """How many readings each expert already has."""
        counts = defaultdict(int)
        for assignment in self.given:
            counts[assignment.expert_id] += 1
        return counts

    def levels(self, expert):
        return {known.theme_id: known.level for known in expert.expertise.all()}


def look_at(call):
    """Thirteen queries, whatever the size of the call."""
    dossiers = tuple(
        call.dossiers.filter(state__in=REVIEWABLE)
        .select_related("theme", "organisation")
        .order_by("number")
    )
    seats = {seat.expert_id: seat for seat in call.seats.usable().select_related("rule")}
    active = list(Assignment.objects.active().filter(dossier__in=dossiers).order_by("pk"))
    concerned = {*seats, *(assignment.expert_id for assignment in active)}
    experts = tuple(
        Expert.objects.filter(pk__in=concerned)
        .select_related("user")
        .prefetch_related("expertise__theme")
        .order_by("pk")
    )
    kinds = {
        (interest.dossier_id, interest.expert_id): interest.kind
        for interest in Interest.objects.filter(dossier__in=dossiers, expert__in=concerned)
    }
    conflicts = {pair for pair, kind in kinds.items() if kind != Kind.NONE}
    detected = tuple(
        link
        for link in find(dossiers, experts)
        if (link.dossier.pk, link.expert.pk) not in conflicts
    )
    conflicts |= {(link.dossier.pk, link.expert.pk) for link in detected}
    return Situation(
        dossiers=dossiers,
        experts=experts,
        seats=seats,
        given=tuple(a for a in active if (a.dossier_id, a.expert_id) not in conflicts),
        conflicts=frozenset(conflicts),
        detected=detected,
        started=frozenset(pair for pair, kind in kinds.items() if kind == Kind.NONE),
        wishes=tuple(Wish.objects.filter(dossier__call=call).order_by("pk")),
        rules=AssignmentRules.objects.filter(call=call).first() or AssignmentRules(call=call),
    )
