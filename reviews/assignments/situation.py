"""What a proposal of assignments starts from: dossiers, experts, links, readings already given."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from accounts.organisations.models import Membership
from grants.dossiers.models import Dossier
from grants.dossiers.states import REVIEWABLE
from reviews.assignments.links import CompanyFacts, ExpertFacts, links
from reviews.assignments.models import Assignment
from reviews.assignments.rules import AssignmentRules, Wish
from reviews.experts.models import Expert, Interest, Seat

Kind = Interest.Kind
KINDS = {"person": Kind.EMPLOYMENT, "siren": Kind.EMPLOYMENT, "domain": Kind.OTHER}


@dataclass(frozen=True)
class Detected:
    """A link the platform sees and nobody has declared."""

    expert: Expert
    dossier: Dossier
    kind: str
    text: str


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
    """Nine queries, whatever the size of the call."""
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
    detected = tuple(detect(dossiers, experts, known=set(kinds)))
    conflicts = {pair for pair, kind in kinds.items() if kind != Kind.NONE}
    conflicts |= {(found.dossier.pk, found.expert.pk) for found in detected}
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


def detect(dossiers, experts, *, known):
    """Links visible in the data, for pairs about which nothing was declared."""
    by_company = defaultdict(list)
    for dossier in dossiers:
        by_company[dossier.organisation_id].append(dossier)
    by_pk = {expert.pk: expert for expert in experts}
    people = [ExpertFacts(e.pk, e.user_id, e.user.email, e.siren) for e in experts]
    for link in links(people, companies(dossiers)):
        for dossier in by_company[link.company]:
            if (dossier.pk, link.expert) not in known:
                text = told(link)
                yield Detected(by_pk[link.expert], dossier, KINDS[link.reason], text)


def companies(dossiers):
    members = defaultdict(set)
    organisations = {dossier.organisation_id: dossier.organisation for dossier in dossiers}
    current = Membership.objects.filter(organisation__in=organisations, left_at=None)
    for member in current.select_related("user"):
        members[member.organisation_id].add((member.user_id, member.user.email))
    return [
        CompanyFacts(
            id=pk,
            siren=organisation.siren,
            people=frozenset(person for person, _email in members[pk]),
            emails=frozenset(email for _person, email in members[pk]),
        )
        for pk, organisation in organisations.items()
    ]


def told(link):
    if link.reason == "person":
        return _("Membre de l’entreprise sur la plateforme.")
    if link.reason == "siren":
        return _("Même SIREN : %(value)s.") % {"value": link.value}
    return _("Même domaine de messagerie : %(value)s.") % {"value": link.value}
