"""SME size of the whole group, after the Recommendation (limits on money are inclusive)."""

from dataclasses import dataclass
from datetime import date

from grants.eligibility.facts import Company, Holder
from grants.eligibility.findings import Finding, absent, conclude, every, some
from grants.eligibility.group import Total, consolidated
from grants.eligibility.rules import RuleBook
from grants.eligibility.wording import euros, number

TIERS = ("micro", "small", "medium")
NAMES = {"micro": "microentreprise", "small": "petite entreprise", "medium": "moyenne entreprise"}


@dataclass(frozen=True)
class Size:
    headcount: Total
    turnover: Total
    balance_sheet: Total
    fits: dict[str, bool | None]  # tier → yes, no, cannot tell

    @property
    def category(self) -> str | None:
        """The smallest tier that fits; None while a smaller one is still open."""
        for tier in TIERS:
            if self.fits[tier] is None:
                return None
            if self.fits[tier]:
                return tier
        return "large"


def size_of(company: Company, rules: RuleBook, on: date) -> Size:
    totals = {
        column: consolidated(company, column, rules, on)
        for column in ("headcount", "turnover", "balance_sheet")
    }
    fits = {
        tier: every(
            [
                totals["headcount"].below(rules.get(f"sme.{tier}.headcount", on).value),
                some(
                    [
                        totals[money].at_most(rules.get(f"sme.{tier}.{money}", on).value)
                        for money in ("turnover", "balance_sheet")
                    ]
                ),
            ]
        )
        for tier in TIERS
    }
    return Size(**totals, fits=fits)


def check_size(company: Company, rules: RuleBook, *, on: date) -> list[Finding]:
    found = [_limits(company, size_of(company, rules, on), rules, on)]
    if any(one.holder == Holder.PUBLIC for one in company.partners or ()):
        found.append(_public_holder(company, rules, on))
    return found


def _limits(company: Company, size: Size, rules: RuleBook, on: date) -> Finding:
    by = rules.get("sme.medium.headcount", on)
    over = size.fits["medium"] is False
    if over and company.was_sme:
        by = rules.get("sme.grace_years", on)
    name = f" ({NAMES[size.category]})" if size.category in NAMES else ""
    counted = (
        f"effectif {number(size.headcount.known)}, chiffre d’affaires "
        f"{euros(size.turnover.known)}, bilan {euros(size.balance_sheet.known)}"
    )
    kept = (
        " Le statut de PME se perd après deux exercices consécutifs de dépassement."
        if over and company.was_sme
        else ""
    )
    return conclude(
        "sme_size",
        by,
        size.fits["medium"],
        topic="Taille de l’entreprise",
        yes=f"L’entreprise est une PME{name}, groupe compris : {counted}.",
        no=f"Groupe compris, l’entreprise dépasse les seuils de la PME : {counted}.{kept}",
        inputs={
            "headcount": size.headcount.known,
            "turnover": size.turnover.known,
            "balance_sheet": size.balance_sheet.known,
            "category": size.category,
        },
        threshold=rules.get("sme.medium.headcount", on).value,
        missing=_missing(company, size),
    )


def _missing(company: Company, size: Size) -> list[str]:
    """A related company without numbers is named as its list; one of the two amounts is enough."""
    lacking = absent(
        company__headcount=company.headcount,
        company__linked=company.linked,
        company__partners=company.partners,
    )
    if not (size.turnover.complete or size.balance_sheet.complete):
        lacking += absent(
            company__turnover=company.turnover, company__balance_sheet=company.balance_sheet
        )
    for path, related in (("linked", company.linked), ("partners", company.partners)):
        unclear = any(None in (one.headcount, one.turnover) for one in related or ())
        unclear = unclear or any(path == "partners" and one.share is None for one in related or ())
        if unclear:
            lacking.append(f"company.{path}")
    return list(dict.fromkeys(lacking)) or ["company.turnover", "company.balance_sheet"]


def _public_holder(company: Company, rules: RuleBook, on: date) -> Finding:
    by = rules.get("sme.public_percent", on)
    held = [one.share for one in company.partners or () if one.holder == Holder.PUBLIC]
    known = [share for share in held if share is not None]
    passed = every([None if share is None else share < by.value for share in held])
    return conclude(
        "public_holder",
        by,
        passed,
        topic="Part du capital détenue par des organismes publics",
        yes=f"Chaque organisme public détient moins de {number(by.value)} % du capital.",
        no=f"Un organisme public détient {number(max(known, default=None))} % du capital : à "
        f"partir de {number(by.value)} %, une entreprise n’est en principe plus une PME.",
        inputs={"largest_public_share": max(known, default=None)},
        threshold=by.value,
        missing=["company.partners"],
    )
