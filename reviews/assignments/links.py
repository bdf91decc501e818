"""Links between experts and companies that the platform can see by itself. Plain values only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

# Everybody's mail: sharing one of these says nothing.
PUBLIC_DOMAINS = frozenset({
    "aol.com", "bbox.fr", "free.fr", "gmail.com", "gmx.com", "gmx.fr", "googlemail.com",
    "hotmail.com", "hotmail.fr", "icloud.com", "laposte.net", "live.com", "live.fr", "mac.com",
    "me.com", "msn.com", "neuf.fr", "numericable.fr", "orange.fr", "outlook.com", "outlook.fr",
    "pm.me", "proton.me", "protonmail.com", "sfr.fr", "wanadoo.fr", "yahoo.com", "yahoo.fr",
    "ymail.com",
})  # fmt: skip


@dataclass(frozen=True)
class ExpertFacts:
    id: int
    person: int
    email: str
    siren: str = ""


@dataclass(frozen=True)
class CompanyFacts:
    id: int
    siren: str
    people: frozenset[int] = field(default=frozenset())
    emails: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True)
class Link:
    """`reason` is “person”, “siren” or “domain”; `value` is what both share."""

    expert: int
    company: int
    reason: str
    value: str


def links(experts: Iterable[ExpertFacts], companies: Iterable[CompanyFacts]) -> Iterator[Link]:
    """The strongest link of each expert with each company that has one."""
    companies = list(companies)
    for expert in experts:
        for company in companies:
            found = link_between(expert, company)
            if found is not None:
                yield Link(expert.id, company.id, *found)


def link_between(expert: ExpertFacts, company: CompanyFacts) -> tuple[str, str] | None:
    if expert.person in company.people:
        return "person", ""
    if expert.siren and expert.siren == company.siren:
        return "siren", expert.siren
    domain = domain_of(expert.email)
    if domain and domain in {domain_of(email) for email in company.emails}:
        return "domain", domain
    return None


def domain_of(email: str) -> str:
    """The domain of an address when it belongs to one house; empty when anybody may have it."""
    domain = email.rpartition("@")[2].strip().lower()
    return "" if domain in PUBLIC_DOMAINS else domain
