"""What the engine needs to know. `None` always means: nobody has told us yet."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Stage(StrEnum):
    MVP = "mvp"
    PRE_SERIES = "pre_series"
    LAUNCH = "launch"


class AidForm(StrEnum):
    GRANT = "grant"
    REPAYABLE_ADVANCE = "repayable_advance"


class Holder(StrEnum):
    COMPANY = "company"
    INVESTOR = "investor"  # venture capital, business angels, universities
    PUBLIC = "public"


class Research(StrEnum):
    FUNDAMENTAL = "fundamental"
    INDUSTRIAL = "industrial"
    EXPERIMENTAL = "experimental"
    FEASIBILITY = "feasibility"


@dataclass(frozen=True)
class Related:
    """A linked or partner company; `share` is the percentage of capital or votes, 0 to 100."""

    siren: str | None = None
    headcount: Decimal | None = None
    turnover: Decimal | None = None
    balance_sheet: Decimal | None = None
    share: Decimal | None = None
    holder: Holder = Holder.COMPANY


@dataclass(frozen=True)
class DeMinimisAid:
    """`amount` is the gross grant equivalent; without `to_siren` the applicant received it."""

    granted_on: date
    amount: Decimal
    to_siren: str | None = None


@dataclass(frozen=True)
class Company:
    siret: str | None = None
    active: bool | None = None
    created_on: date | None = None
    department: str | None = None
    headcount: Decimal | None = None
    turnover: Decimal | None = None
    balance_sheet: Decimal | None = None
    was_sme: bool | None = None  # within the SME limits at both previous closings
    linked: tuple[Related, ...] | None = None
    partners: tuple[Related, ...] | None = None
    closed_on: date | None = None
    rd_spend: Decimal | None = None
    charges: Decimal | None = None
    rd_spend_before: Decimal | None = None  # the year before
    headcount_before: Decimal | None = None  # close of the year before the last but one
    qualifying_percent: Decimal | None = None
    academic_percent: Decimal | None = None
    academic_agreement: bool | None = None
    social_purpose: bool | None = None
    new_activity: bool | None = None
    distributed_profits: bool | None = None
    equity: Decimal | None = None
    capital: Decimal | None = None
    in_insolvency: bool | None = None
    unpaid_rescue_aid: bool | None = None
    listed: bool | None = None
    in_c_area: bool | None = None
    de_minimis: tuple[DeMinimisAid, ...] | None = None


@dataclass(frozen=True)
class Project:
    stage: Stage | None = None
    eligible_base: Decimal | None = None
    requested: Decimal | None = None
    gross_grant_equivalent: Decimal | None = None
    duration_months: int | None = None
    own_funds: Decimal | None = None
    starts_on: date | None = None
    research: Research | None = None
    collaborative: bool | None = None
    other_public_aid: Decimal | None = None

    @property
    def form(self) -> AidForm | None:
        """The first stage is helped by a grant, the later ones by a repayable advance."""
        if self.stage is None:
            return None
        return AidForm.GRANT if self.stage == Stage.MVP else AidForm.REPAYABLE_ADVANCE


LABELS = {
    "company.siret": "le SIRET",
    "company.active": "l’état de l’établissement à l’INSEE",
    "company.created_on": "la date de création",
    "company.department": "le département",
    "company.headcount": "l’effectif",
    "company.turnover": "le chiffre d’affaires",
    "company.balance_sheet": "le total du bilan",
    "company.linked": "les entreprises liées",
    "company.partners": "les entreprises partenaires",
    "company.closed_on": "la date de clôture de l’exercice",
    "company.rd_spend": "les dépenses de recherche",
    "company.charges": "les charges déductibles",
    "company.rd_spend_before": "les dépenses de recherche de l’exercice précédent",
    "company.headcount_before": "l’effectif à la clôture de l’antépénultième exercice",
    "company.qualifying_percent": "la part du capital détenue par des personnes physiques ou "
    "assimilées",
    "company.academic_percent": "la part du capital détenue par des étudiants, diplômés récents "
    "ou enseignants-chercheurs",
    "company.academic_agreement": "la convention avec l’établissement d’enseignement supérieur",
    "company.social_purpose": "la qualité d’entreprise de l’économie sociale et solidaire",
    "company.new_activity": "le caractère nouveau de l’activité (ni reprise ni restructuration)",
    "company.distributed_profits": "la distribution éventuelle de bénéfices",
    "company.equity": "les capitaux propres",
    "company.capital": "le capital souscrit, primes comprises",
    "company.in_insolvency": "l’existence d’une procédure collective",
    "company.unpaid_rescue_aid": "l’existence d’une aide au sauvetage non remboursée",
    "company.listed": "la cotation en bourse",
    "company.de_minimis": "les aides de minimis reçues",
    "company.de_minimis.to_siren": "le lien avec les bénéficiaires des aides déclarées",
    "project.stage": "le stade du projet",
    "project.eligible_base": "l’assiette éligible hors taxes",
    "project.requested": "le montant demandé",
    "project.gross_grant_equivalent": "l’équivalent-subvention brut de l’avance",
    "project.duration_months": "la durée du projet",
    "project.own_funds": "les fonds propres et quasi-fonds propres",
    "project.starts_on": "la date de démarrage",
    "project.research": "la nature des travaux de recherche",
    "project.collaborative": "l’existence d’une collaboration effective",
    "project.other_public_aid": "les autres aides publiques au projet",
}
