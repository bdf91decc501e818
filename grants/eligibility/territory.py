"""Where the company is, and whether its establishment exists."""

from dataclasses import dataclass

from grants.core.territories import DEPARTMENTS
from grants.eligibility.facts import Company
from grants.eligibility.findings import Finding, conclude
from grants.eligibility.identifiers import check_siret
from grants.eligibility.rules import Certainty


@dataclass(frozen=True)
class _Text:
    reference: str
    certainty: Certainty = Certainty.CERTAIN


SIRENE = _Text("Répertoire Sirene (INSEE), clé de contrôle du SIRET")
REGION = _Text("Code officiel géographique (INSEE), région Occitanie, code 76")


def check_establishment(company: Company) -> Finding:
    """A wrong key is refused; a right one is enough to go on while the register is unreachable."""
    siret, reason = company.siret, ""
    try:
        siret = None if siret is None else check_siret(siret)
    except ValueError as error:
        reason = str(error)
    return conclude(
        "siret",
        SIRENE,
        None if siret is None else not reason,
        topic="SIRET",
        yes=f"Le SIRET {siret} est bien formé.",
        no=reason,
        inputs={"siret": siret},
        threshold=None,
        missing=["company.siret"],
        blocking=bool(reason),
        remedy="Recopiez les 14 chiffres du SIRET de l’établissement.",
    )


def check_active(company: Company) -> Finding:
    """Unknown while the register is unreachable: verified later, without holding anybody up."""
    return conclude(
        "active",
        SIRENE,
        company.active,
        topic="Établissement en activité",
        yes="L’établissement est en activité à l’INSEE.",
        no="L’établissement est fermé à l’INSEE.",
        inputs={"active": company.active},
        threshold=True,
        missing=["company.active"],
        blocking=company.active is False,
        remedy="Indiquez le SIRET d’un établissement en activité.",
    )


def check_department(company: Company) -> Finding:
    code = company.department
    name = DEPARTMENTS.get(code or "", "")
    return conclude(
        "department",
        REGION,
        None if code is None else bool(name),
        topic="Implantation en Occitanie",
        yes=f"L’établissement est en Occitanie : {name} ({code}).",
        no=f"Le département {code} n’est pas en Occitanie.",
        inputs={"department": code, "name": name or None},
        threshold=" ".join(DEPARTMENTS),
        missing=["company.department"],
        remedy="Présentez un siège ou un établissement situé en Occitanie, au plus tard à la "
        "signature de la convention.",
    )
