"""Companies and the people who act for them."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import count
from random import Random

from django.utils import timezone
from django.utils.text import slugify

from accounts.organisations.establishment import BANDS, Establishment
from accounts.organisations.models import Membership, Organisation
from accounts.people.models import User
from reviews.demonstration.cast import OTHER_COMPANY, OWNERS_COMPANY, enter
from reviews.demonstration.numbers import siret
from reviews.demonstration.stock import Project, read

Role = Membership.Role


def invented_names(chance: Random) -> Iterator[str]:
    """First and last names, never the same pair twice."""
    people = read("people")
    pairs = [f"{first} {last}" for first in people["first"] for last in people["last"]]
    chance.shuffle(pairs)
    yield from pairs
    for n in count(2):
        yield from (f"{pair} {n}" for pair in pairs)


def address_of(name: str, domain: str) -> str:
    return f"{'.'.join(slugify(part) for part in name.split(' ', 1))}@{domain}"


def as_registered(organisation: Organisation, at: datetime) -> Organisation:
    """Most are confirmed by the register; some it contradicts, some it has not answered for."""
    luck = int(organisation.siret) % 7
    if luck == 0:
        return organisation
    told = Establishment(
        siret=organisation.siret,
        name=organisation.name.upper(),
        is_open=True,
        legal_form=organisation.legal_form,
        registered_on=organisation.registered_on,
        address=organisation.address.upper(),
        city=organisation.city.upper(),
        department=organisation.department,
        band=band_of(organisation.headcount if luck > 1 else organisation.headcount * 4),
    )
    organisation.standing = Organisation.Standing.OPEN
    organisation.register = told.as_json()
    organisation.verified_at = at
    return organisation


def band_of(headcount: int) -> str:
    return next(band for band, (_low, high) in BANDS.items() if high is None or headcount <= high)


class Register:
    """Every company of the world by name, with the person who answers for it."""

    def __init__(self, identities: dict[str, User], names: Iterator[str], today):
        self.organisations: dict[str, Organisation] = {}
        self.owners: dict[str, User] = {}
        self.names = names
        self.today = today
        self.identities = identities
        self.numbers = count(101_001, 37)

    def found(self, projects: Iterable[Project], chance: Random) -> None:
        """Found the companies not yet known; each gets an owner, some a colleague who writes."""
        projects = list({p.company: p for p in projects if p.company not in self.owners}.values())
        organisations = [self.organisation(project, chance) for project in projects]
        Organisation.objects.bulk_create(organisations)
        people = [self.owner(project) for project in projects]
        enter([user for user in people if user.pk is None])
        self.owners.update(zip((p.company for p in projects), people, strict=True))
        self.organisations.update((one.name, one) for one in organisations)
        writers = [one for one in organisations if chance.random() < 0.3]
        self.join(organisations, people, Role.OWNER)
        self.join(writers, enter([self.colleague(one) for one in writers]), Role.WRITER)
        if OWNERS_COMPANY in {one.name for one in organisations}:
            reader = self.identities["applicant_reader"]
            self.join([self.organisations[OWNERS_COMPANY]], [reader], Role.READER)

    def join(self, organisations, users, role):
        """The founder is also the one who engages the company by law."""
        title = "présidence" if role == Role.OWNER else ""
        Membership.objects.bulk_create(
            Membership(organisation=organisation, user=user, role=role, legal_title=title)
            for organisation, user in zip(organisations, users, strict=True)
        )

    def organisation(self, project: Project, chance: Random) -> Organisation:
        people = read("people")
        organisation = Organisation(
            siret=siret(next(self.numbers)),
            name=project.company,
            legal_form=chance.choice(people["legal_forms"]),
            registered_on=self.today - timedelta(days=chance.randint(700, 2300)),
            address=f"{chance.randint(2, 88)} {chance.choice(people['streets'])}",
            city=project.city,
            department=project.department,
            headcount=max(2, project.jobs + chance.randint(-2, 7)),
        )
        return as_registered(organisation, timezone.now())

    def owner(self, project: Project) -> User:
        known = {OWNERS_COMPANY: "applicant_owner", OTHER_COMPANY: "applicant_other"}
        role = known.get(project.company)
        return self.identities[role] if role else self.person(project.company)

    def colleague(self, organisation: Organisation) -> User:
        return self.person(organisation.name)

    def person(self, company: str) -> User:
        name = next(self.names)
        return User(full_name=name, email=address_of(name, f"{slugify(company)}.example"))
