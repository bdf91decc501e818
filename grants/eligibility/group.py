"""Who belongs with the applicant: linked companies count whole, partners pro rata."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter

from grants.eligibility.facts import Company, Holder, Related
from grants.eligibility.rules import RuleBook

HUNDRED = Decimal(100)
ZERO = Decimal(0)


@dataclass(frozen=True)
class Total:
    """A sum that may lack terms: it can prove being over a limit before it is complete."""

    known: Decimal
    complete: bool

    def below(self, limit: Decimal) -> bool | None:
        return False if self.known >= limit else self._answer()

    def at_most(self, limit: Decimal) -> bool | None:
        return False if self.known > limit else self._answer()

    def _answer(self) -> bool | None:
        return True if self.complete else None


def linked_to(company: Company, rules: RuleBook, on: date) -> list[Related]:
    """More than half of the votes links; such a « partner » is counted whole."""
    majority = rules.get("sme.linked_percent", on).value
    absorbed = [
        one for one in company.partners or () if one.share is not None and one.share > majority
    ]
    return [*(company.linked or ()), *absorbed]


def partners_of(company: Company, rules: RuleBook, on: date) -> list[Related]:
    """A quarter to a half of the votes; investors and public bodies have their own rules."""
    least = rules.get("sme.partner_percent", on).value
    majority = rules.get("sme.linked_percent", on).value
    return [
        one
        for one in company.partners or ()
        if one.holder == Holder.COMPANY and (one.share is None or least <= one.share <= majority)
    ]


def consolidated(company: Company, column: str, rules: RuleBook, on: date) -> Total:
    """Applicant, linked companies at 100 %, partners at their share."""
    read = attrgetter(column)
    terms = [read(company), *(read(one) for one in linked_to(company, rules, on))]
    terms += [_pro_rata(read(one), one.share) for one in partners_of(company, rules, on)]
    group_told = company.linked is not None and company.partners is not None
    return Total(
        known=sum((term for term in terms if term is not None), ZERO),
        complete=group_told and all(term is not None for term in terms),
    )


def sirens(companies: Iterable[Related]) -> set[str]:
    return {one.siren for one in companies if one.siren is not None}


def _pro_rata(value: Decimal | None, share: Decimal | None) -> Decimal | None:
    return None if value is None or share is None else value * share / HUNDRED
