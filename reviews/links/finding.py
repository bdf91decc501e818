"""From what experts and companies have stated to the links that nobody has settled yet."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery, prefetch_related_objects
from django.db.models.functions import JSONObject
from django.utils import timezone

from accounts.organisations.establishment import from_json
from accounts.organisations.models import Membership
from grants.dossiers.models import Dossier, Submission
from grants.resemblance.models import RelatedCompany
from reviews.experts.models import Expert, Interest
from reviews.links.answers import told_in, unique
from reviews.links.detector import (
    ACCOUNT,
    EMPLOYER,
    FORMER,
    GROUP,
    MANDATE,
    PERSON,
    SHARES,
    SIREN,
    Detector,
    Evidence,
)
from reviews.links.facts import CompanyFacts, ExpertFacts, House
from reviews.links.models import DetectedLink
from reviews.links.states import LinkState
from reviews.links.words import sentence

Kind = Interest.Kind
EMPLOYED = {ACCOUNT, SIREN, GROUP, MANDATE, SHARES, EMPLOYER, PERSON}


@dataclass(frozen=True)
class Detected:
    """A link the platform sees and nobody has settled, strongest evidence first."""

    expert: Expert
    dossier: Dossier
    evidence: tuple[Evidence, ...]
    score: Decimal

    @property
    def kind(self):
        is_employed = any(one.kind in EMPLOYED for one in self.evidence)
        return Kind.EMPLOYMENT if is_employed else Kind.OTHER

    @property
    def text(self):
        return " ".join(sentence(one) for one in self.as_rows())

    def as_rows(self):
        """What is stored: the words are put together again in the language of who reads."""
        return [asdict(one) for one in self.evidence]


def find(dossiers, experts):
    """Links between these, but those already settled on the same evidence or stronger.

    A word of the expert (“no link”) does not settle what the data say; an officer does.
    """
    dossiers, experts = list(dossiers), list(experts)
    if not dossiers or not experts:
        return []
    settled = settled_evidence(dossiers, experts)
    by_dossier = {dossier.pk: dossier for dossier in dossiers}
    by_expert = {expert.pk: expert for expert in experts}
    detector = Detector(companies(dossiers), year=timezone.localdate().year)
    found = []
    for finding in detector.findings(facts_of(expert) for expert in read_whole(experts)):
        if marks_of(finding.evidence) <= settled.get((finding.dossier, finding.expert), set()):
            continue
        strongest = sorted(finding.evidence, key=lambda one: (-one.weight, one))
        found.append(
            Detected(
                by_expert[finding.expert],
                by_dossier[finding.dossier],
                tuple(strongest),
                Decimal(str(finding.score)),
            )
        )
    return found


def read_whole(experts):
    prefetch_related_objects(experts, "ties")
    return experts


def settled_evidence(dossiers, experts):
    """(dossier, expert) → the marks an officer has already judged harmless."""
    lifted = DetectedLink.objects.filter(
        dossier__in=dossiers, expert__in=experts, state=LinkState.LIFTED
    )
    return {
        (dossier, expert): {mark_of(row) for row in evidence}
        for dossier, expert, evidence in lifted.values_list("dossier", "expert", "evidence")
    }


def marks_of(evidence):
    return {mark_of(asdict(one)) for one in evidence}


def mark_of(row):
    return row["kind"], row["ours"].casefold(), row["theirs"].casefold()


def facts_of(expert):
    ties = list(expert.ties.all())
    return ExpertFacts(
        id=expert.pk,
        person=expert.user_id,
        name=expert.user.full_name,
        email=expert.user.email,
        house=House(expert.organisation, expert.siren),
        address=expert.address,
        city=expert.city,
        former=tuple(House(t.name, t.siren, t.until) for t in ties if t.kind == FORMER),
        mandates=tuple(House(t.name, t.siren) for t in ties if t.kind == MANDATE),
        shares=tuple(House(t.name, t.siren) for t in ties if t.kind == SHARES),
        laboratory=expert.laboratory,
        incubator=expert.incubator,
    )


def companies(dossiers):
    """One query, whatever the number of dossiers."""
    known = {row.dossier: row for row in map(Known._make, known_of([d.pk for d in dossiers]))}
    return [company_of(dossier, known[dossier.pk]) for dossier in dossiers]


class Known(NamedTuple):
    """What a dossier last handed in, the group it declares, the accounts of its company."""

    dossier: int
    answers: dict | None
    group: list
    members: list


def known_of(dossiers):
    """A draft has handed in nothing: it tells its accounts alone."""
    handed_in = Submission.objects.filter(dossier=OuterRef("pk")).order_by("-version")
    group = RelatedCompany.objects.filter(dossier=OuterRef("pk")).order_by("siren")
    members = Membership.objects.filter(
        organisation=OuterRef("organisation"), left_at=None
    ).order_by("pk")
    member = JSONObject(pk="user", email="user__email", full_name="user__full_name")
    return Dossier.objects.filter(pk__in=dossiers).values_list(
        "pk",
        Subquery(handed_in.values("content__answers")[:1]),
        ArraySubquery(group.values("siren")),
        ArraySubquery(members.values(json=member)),
    )


def company_of(dossier, known):
    organisation, people = dossier.organisation, known.members
    told = told_in(known.answers or {})
    group = known.group if known.answers is not None else ()
    officers, houses, brands = registered(organisation)
    return CompanyFacts(
        id=dossier.pk,
        siren=organisation.siren,
        name=organisation.name,
        address=organisation.address,
        city=organisation.city,
        group=frozenset([*group, *(siren for _name, siren in houses)]) - {organisation.siren, ""},
        accounts=frozenset(user["pk"] for user in people),
        emails=frozenset(user["email"] for user in people),
        people=unique([*(user["full_name"] for user in people), *told.people, *officers]),
        houses=unique([*told.houses, *(name for name, _siren in houses)]),
        texts=(dossier.title, *told.texts),
        brands=brands,
    )


def registered(organisation):
    """People and companies that direct it, and what else it is called, where the register says."""
    if not organisation.register:
        return (), (), ()
    told = from_json(organisation.register)
    return told.officers, told.houses, (told.name, *told.brands)
