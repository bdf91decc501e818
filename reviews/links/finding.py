"""From what experts and companies have stated to the links that nobody has settled yet."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, prefetch_related_objects
from django.utils import timezone

from accounts.organisations.establishment import from_json
from accounts.organisations.models import Membership
from grants.dossiers.models import Dossier, Submission
from grants.resemblance.models import RelatedCompany
from reviews.experts.models import Expert, Interest
from reviews.links.answers import told_in
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
    """Two queries, whatever the number of dossiers."""
    organisations = {dossier.organisation_id for dossier in dossiers}
    members = defaultdict(list)
    current = Membership.objects.filter(organisation__in=organisations, left_at=None)
    for member in current.select_related("user").order_by("pk"):
        members[member.organisation_id].append(member.user)
    told = last_told(dossiers)
    return [
        company_of(dossier, members[dossier.organisation_id], *told.get(dossier.pk, ({}, [])))
        for dossier in dossiers
    ]


def last_told(dossiers):
    """What each dossier last handed in, and the group it declares; a draft tells nothing."""
    group = RelatedCompany.objects.filter(dossier=OuterRef("dossier")).order_by("siren")
    last = (
        Submission.objects.filter(dossier__in=dossiers)
        .order_by("dossier", "-version")
        .distinct("dossier")
        .annotate(group=ArraySubquery(group.values("siren")))
    )
    rows = last.values_list("dossier", "content__answers", "group")
    return {dossier: (answers or {}, group) for dossier, answers, group in rows}


def company_of(dossier, people, answers, group):
    organisation = dossier.organisation
    told = told_in(answers)
    known = from_json(organisation.register) if organisation.register else None
    officers, houses = (known.officers, known.houses) if known else ((), ())
    return CompanyFacts(
        id=dossier.pk,
        siren=organisation.siren,
        name=organisation.name,
        address=organisation.address,
        city=organisation.city,
        group=frozenset([*group, *(siren for _name, siren in houses)]) - {organisation.siren, ""},
        accounts=frozenset(user.pk for user in people),
        emails=frozenset(user.email for user in people),
        people=tuple(
            dict.fromkeys([*(user.full_name for user in people), *told.people, *officers])
        ),
        houses=tuple(dict.fromkeys([*told.houses, *(name for name, _siren in houses)])),
        texts=(dossier.title, *told.texts),
        brands=(known.name, *known.brands) if known else (),
    )
