"""What is known of an expert and of an applicant company when links are looked for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class House:
    """An organisation somebody belongs or belonged to; `until` is the year they left."""

    name: str
    siren: str = ""
    until: int | None = None


@dataclass(frozen=True)
class ExpertFacts:
    id: int
    person: int  # their account
    name: str
    email: str
    house: House
    address: str = ""
    city: str = ""
    former: tuple[House, ...] = ()
    mandates: tuple[House, ...] = ()
    shares: tuple[House, ...] = ()
    laboratory: str = ""
    incubator: str = ""


@dataclass(frozen=True)
class CompanyFacts:
    """An applicant with one dossier; `texts` are the sentences it wrote there."""

    id: int  # the dossier
    siren: str
    name: str
    address: str = ""
    city: str = ""
    group: frozenset[str] = frozenset()  # SIREN of the companies it declares beside itself
    accounts: frozenset[int] = frozenset()  # people who act for it here
    emails: frozenset[str] = frozenset()
    people: tuple[str, ...] = ()  # officers, shareholders and team, by name
    houses: tuple[str, ...] = ()  # companies named in its tables: group, financing
    texts: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()  # other names it goes by in the register
