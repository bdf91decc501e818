"""The age of the company on the day of filing."""

from datetime import date

from grants.eligibility.caps import Caps
from grants.eligibility.facts import Company
from grants.eligibility.findings import Finding, conclude
from grants.eligibility.spans import full_years, younger_than
from grants.eligibility.wording import day


def check_age(company: Company, caps: Caps, *, on: date) -> Finding:
    """Less than eight years on the day of filing: the eighth birthday is one day too late."""
    created = company.created_on
    age = None if created is None else full_years(created, on)
    unborn = created is not None and created > on
    return conclude(
        "age",
        caps,
        younger_than(created, caps.age_years, on),
        topic=f"Âge de l’entreprise (date de création au {day(created)}, après le {day(on)})"
        if unborn
        else "Âge de l’entreprise",
        yes=f"L’entreprise, créée le {day(created)}, a moins de {caps.age_years} ans au {day(on)}.",
        no=f"L’entreprise, créée le {day(created)}, n’a plus moins de {caps.age_years} ans au "
        f"{day(on)} : elle ne peut pas déposer à cette date.",
        inputs={"created_on": created, "on": on, "age_years": age},
        threshold=caps.age_years,
        missing=["company.created_on"],
    )
