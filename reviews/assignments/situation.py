"""What a proposal of assignments starts from: dossiers, experts, links, readings already given."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, prefetch_related_objects
from django.db.models.functions import JSONObject

from grants.dossiers.models import Dossier
from grants.dossiers.states import REVIEWABLE
from reviews.assignments.models import Assignment
from reviews.assignments.rules import AssignmentRules, Wish, rules_of
from reviews.experts.models import Expert, Interest, Seat
from reviews.links.finding import Detected, find

Kind = Interest.Kind
KINDS = Interest.objects.filter(dossier=OuterRef("pk")).values(
    json=JSONObject(expert="expert", kind="kind")
)


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
    """Eight queries, whatever the size of the call; one more for readers without a seat."""
    dossiers = tuple(
        call.dossiers.filter(state__in=REVIEWABLE)
        .select_related("theme", "organisation")
        .annotate(kinds=ArraySubquery(KINDS))
        .order_by("number")
    )
    seats = {
        seat.expert_id: seat for seat in call.seats.usable().select_related("rule", "expert__user")
    }
    active = list(Assignment.objects.active().filter(dossier__in=dossiers).order_by("pk"))
    experts = experts_of(seats, active)
    kinds = kinds_of(dossiers, {expert.pk for expert in experts})
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
        rules=rules_of(call),
    )


def experts_of(seats, active):
    """Those who may read, and those who already do."""
    seated = [seat.expert for seat in seats.values()]
    others = {assignment.expert_id for assignment in active} - seats.keys()
    if others:
        seated += Expert.objects.filter(pk__in=others).select_related("user")
    experts = tuple(sorted(seated, key=lambda expert: expert.pk))
    prefetch_related_objects(experts, "expertise")
    return experts


def kinds_of(dossiers, experts):
    """What these experts declared: (dossier, expert) → the kind of their interest."""
    return {
        (dossier.pk, told["expert"]): told["kind"]
        for dossier in dossiers
        for told in dossier.kinds
        if told["expert"] in experts
    }
