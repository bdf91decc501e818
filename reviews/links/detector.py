"""Links between experts and applicant companies that can be seen in what both have stated.

Each piece of evidence has a kind, what it rests on, and a weight: how often such a sign means a
real conflict. The score of a pair is the chance that at least one of them does; below `THRESHOLD`
nobody is bothered. Same facts, same findings, whatever the order.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import prod

from accounts.organisations.mail_domains import domain_of, is_under
from reviews.links import spelling
from reviews.links.facts import CompanyFacts, ExpertFacts, House

THRESHOLD = 0.5
# How long a past job still binds: the rule of five years.
YEARS = 5
# An address or a mail domain that more applicants than this share is a building, a provider.
CROWD = 3

ACCOUNT, SIREN, GROUP, MANDATE, SHARES = "account", "siren", "group", "mandate", "shares"
FORMER, PERSON, EMPLOYER, DOMAIN = "former", "person", "employer", "domain"
ADDRESS, LABORATORY, INCUBATOR, NAMED = "address", "laboratory", "incubator", "named"

WEIGHTS = {
    ACCOUNT: 1.0, SIREN: 1.0, GROUP: 0.9, MANDATE: 0.95, SHARES: 0.95, FORMER: 0.85,
    PERSON: 0.8, EMPLOYER: 0.85, DOMAIN: 0.8, ADDRESS: 0.6, LABORATORY: 0.65, INCUBATOR: 0.55,
    NAMED: 0.6,
}  # fmt: skip
OLD_JOB, UNSURE_PERSON, CROWDED = 0.3, 0.65, 0.25
# Houses too large for their name alone to link anybody: the laboratory says more.
LARGE = frozenset(
    spelling.house(name)
    for name in (
        "CNRS", "INSERM", "INRAE", "INRIA", "CEA", "CNES", "ONERA", "IRD", "Airbus", "EDF",
        "Bpifrance", "Région Occitanie", "Université de Toulouse", "Université de Montpellier",
        "Centre national de la recherche scientifique",
    )
)  # fmt: skip


@dataclass(frozen=True, order=True)
class Evidence:
    """`ours` is what the expert stated, `theirs` what the company did."""

    kind: str
    weight: float
    ours: str = ""
    theirs: str = ""


@dataclass(frozen=True)
class Finding:
    expert: int
    dossier: int
    evidence: tuple[Evidence, ...]

    @property
    def score(self) -> float:
        return round(1 - prod(1 - one.weight for one in self.evidence), 4)


@dataclass(frozen=True)
class Read:
    """A company with its names already put into comparable words."""

    facts: CompanyFacts
    name: tuple[str, ...]
    brands: tuple[tuple[tuple[str, ...], str], ...]
    place: tuple[str, ...]
    domains: tuple[str, ...]
    people: tuple[tuple[tuple[str, ...], str], ...]
    houses: tuple[tuple[tuple[str, ...], str], ...]

    @cached_property
    def text(self) -> str:
        return " " + " . ".join(" ".join(spelling.house(t)) for t in self.facts.texts) + " "


class Detector:
    """Reads the companies once; then each expert is compared with all of them."""

    def __init__(self, companies: Iterable[CompanyFacts], *, year: int):
        self.companies = [read(company) for company in companies]
        self.year = year
        self.crowds = Counter(place for c in self.companies if (place := c.place))
        self.mail = Counter(domain for c in self.companies for domain in set(c.domains))

    def findings(self, experts: Iterable[ExpertFacts]) -> Iterator[Finding]:
        for expert in experts:
            known = Known(expert)
            for company in self.companies:
                evidence = tuple(sorted(set(self.evidence(known, company))))
                finding = Finding(expert.id, company.facts.id, evidence)
                if finding.score >= THRESHOLD:
                    yield finding

    def evidence(self, known: "Known", company: Read) -> Iterator[Evidence]:
        facts = known.facts
        if facts.person in company.facts.accounts:
            yield Evidence(ACCOUNT, WEIGHTS[ACCOUNT])
        yield from self.of_houses(known, company)
        yield from self.of_people(known, company)
        yield from self.of_mail(known, company)
        yield from self.of_place(known, company)
        yield from self.of_circles(known, company)

    def of_houses(self, known: "Known", company: Read) -> Iterator[Evidence]:
        """Employer, mandates, shares, past jobs: by SIREN first, by name where one has none."""
        for kind, house, name in known.houses:
            weight = self.weight_of(kind, house)
            of_group = GROUP if kind == SIREN else kind
            if house.siren and house.siren == company.facts.siren:
                yield Evidence(kind, weight, house.name, house.siren)
            elif house.siren and house.siren in company.facts.group:
                less = WEIGHTS[GROUP] if kind == SIREN else weight * 0.95
                yield Evidence(of_group, round(less, 4), house.name, house.siren)
            elif (called := name_of(company, name)) and not contradicts(house, company):
                named = EMPLOYER if kind == SIREN else kind
                sure = WEIGHTS[EMPLOYER] if kind == SIREN else weight * 0.9
                yield Evidence(named, round(sure, 4), house.name, called)
            else:
                yield from self.among(kind, house, name, company)

    def among(
        self, kind: str, house: House, name: tuple[str, ...], company: Read
    ) -> Iterator[Evidence]:
        """A house the dossier names in a table: of its group, among those who pay."""
        if name in LARGE:
            return
        for words, told in company.houses:
            if spelling.same_house(name, words):
                old = kind == FORMER and self.is_old(house)
                yield Evidence(NAMED, OLD_JOB if old else WEIGHTS[NAMED], house.name, told)
                return

    def weight_of(self, kind: str, house: House) -> float:
        return OLD_JOB if kind == FORMER and self.is_old(house) else WEIGHTS[kind]

    def is_old(self, house: House) -> bool:
        return house.until is not None and self.year - house.until > YEARS

    def of_people(self, known: "Known", company: Read) -> Iterator[Evidence]:
        for words, told in company.people:
            likeness = spelling.same_person(known.name, words)
            if likeness == 1.0:
                yield Evidence(PERSON, WEIGHTS[PERSON], known.facts.name, told)
            elif likeness:
                yield Evidence(PERSON, UNSURE_PERSON, known.facts.name, told)

    def of_mail(self, known: "Known", company: Read) -> Iterator[Evidence]:
        mine = known.domain
        for theirs in company.domains if mine else ():
            if is_under(mine, theirs) or is_under(theirs, mine):
                crowded = self.mail[theirs] > CROWD
                yield Evidence(DOMAIN, CROWDED if crowded else WEIGHTS[DOMAIN], mine, theirs)
                return

    def of_place(self, known: "Known", company: Read) -> Iterator[Evidence]:
        if known.place and known.place == company.place:
            crowded = self.crowds[company.place] > CROWD
            weight = CROWDED if crowded else WEIGHTS[ADDRESS]
            theirs = ", ".join(filter(None, (company.facts.address, company.facts.city)))
            yield Evidence(ADDRESS, weight, known.facts.address, theirs)

    def of_circles(self, known: "Known", company: Read) -> Iterator[Evidence]:
        """A laboratory or incubator of the expert that the dossier speaks of."""
        circles = (
            (LABORATORY, known.laboratory, known.facts.laboratory),
            (INCUBATOR, known.incubator, known.facts.incubator),
        )
        for kind, names, told in circles:
            if any(is_cited(name, company) for name in names):
                yield Evidence(kind, WEIGHTS[kind], told, told)


class Known:
    """An expert with names put into comparable words."""

    def __init__(self, facts: ExpertFacts):
        self.facts = facts
        self.name = spelling.person(facts.name)
        self.domain = domain_of(facts.email)
        self.place = spelling.address(facts.address, facts.city)
        self.laboratory = names_of(facts.laboratory)
        self.incubator = names_of(facts.incubator)
        listed = {
            SIREN: (facts.house,),
            MANDATE: facts.mandates,
            SHARES: facts.shares,
            FORMER: facts.former,
        }
        self.houses = [
            (kind, house, spelling.house(house.name))
            for kind, houses in listed.items()
            for house in houses
        ]


def read(company: CompanyFacts) -> Read:
    return Read(
        facts=company,
        name=spelling.house(company.name),
        brands=tuple((spelling.house(name), name) for name in company.brands),
        place=spelling.address(company.address, company.city),
        domains=tuple(sorted({d for e in company.emails if (d := domain_of(e))})),
        people=tuple((spelling.person(name), name) for name in company.people),
        houses=tuple((spelling.house(name), name) for name in company.houses),
    )


def name_of(company: Read, name: tuple[str, ...]) -> str:
    """The one of its names that this is: what it is called by law, or a brand that tells."""
    if spelling.same_house(name, company.name):
        return company.facts.name
    same = (told for words, told in company.brands if tells(words) and words not in LARGE
            and spelling.same_house(name, words))  # fmt: skip
    return next(same, "")


def contradicts(house: House, company: Read) -> bool:
    """Two numbers that differ are two houses, whatever their names."""
    return bool(house.siren and company.facts.siren and house.siren != company.facts.siren)


def names_of(told: str) -> tuple[tuple[str, ...], ...]:
    """“LAAS (UMR 8001)” has two names; one too short, or too common, names nobody."""
    parts = told.replace("(", ",").replace(")", ",").replace(";", ",").split(",")
    names = [spelling.house(part) for part in [*parts, " ".join(parts)]]
    return tuple(name for name in dict.fromkeys(names) if name not in LARGE and tells(name))


def tells(name: tuple[str, ...]) -> bool:
    return len("".join(name)) >= 4


def is_cited(name: tuple[str, ...], company: Read) -> bool:
    if any(spelling.same_house(name, words) for words, _told in company.houses):
        return True
    return spelling.told_in(name, company.text)
