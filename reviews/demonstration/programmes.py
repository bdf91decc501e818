"""Programmes, their calls, and the credits voted for them."""

from datetime import timedelta
from decimal import Decimal

from grants.core.money import euro
from grants.formbuilder.operations import adopt_form
from grants.funding import operations as funding
from grants.programmes import operations as programmes
from grants.programmes.models import Call, Duty, Programme, Theme
from grants.programmes.starter import standard_programme
from grants.programmes.states import Role
from reviews.demonstration.clock import at
from reviews.demonstration.timetable import Round
from reviews.phases.operations import set_up

SUMMARY = (
    "Cet appel aide les jeunes entreprises d’Occitanie à mettre sur le marché une innovation au "
    "service de l’énergie, de la mobilité, de la santé, de l’environnement ou du logement. "
    "Appel de démonstration : les entreprises et les montants sont inventés."
)
# Its experts judge the team, so they read its table.
TOLD = {"summary": SUMMARY, "experts_read_personal": True}
SECOND = {
    "slug": "strategie-ia-occitanie",
    "name": "Stratégie IA Occitanie",
    "purpose": "Aider les entreprises de la région à tirer parti de l’intelligence artificielle.",
    "rules": "Règlement de démonstration du second programme.",
    "rules_reference": "Règlement de démonstration IA, version 1",
    "contact_service": "Mission numérique (démonstration)",
    "contact_email": "ia@eclore.example",
    "goal_text": "",
    "goal_from": None,
    "goal_to": None,
    "goal_year": None,
}
SECOND_FUNDER = "FEDER-FSE+ Occitanie 2021-2027"
PAID_OVER = (Decimal("0.3"), Decimal("0.5"), Decimal("0.2"))
SECOND_THEMES = (("industrie", "Industrie"), ("agriculture", "Agriculture"), ("soin", "Soin"))


def main_programme() -> Programme:
    fields, themes = standard_programme()
    return create(fields, themes)


def second_programme(people) -> Programme:
    fields, _themes = standard_programme()
    programme = create({**fields, **SECOND}, SECOND_THEMES)
    Duty.objects.create(programme=programme, user=people["manager_other"], role=Role.MANAGER)
    return programme


def create(fields, themes) -> Programme:
    programme = Programme.objects.create(**fields)
    Theme.objects.bulk_create(
        Theme(programme=programme, key=key, name=name, rank=rank)
        for rank, (key, name) in enumerate(themes)
    )
    return programme


def publish(programme, calendar: Round, *, manager, setup="", **columns) -> Call:
    """Prepare the call, give it its form and its phases, open it on its day."""
    with at(calendar.moment(calendar.opens - 12)):
        call = programmes.create_call(
            programme,
            actor=manager,
            **{**calendar.columns(), **TOLD, **columns},
        )
        adopt_form(call, actor=manager)
        set_up(call, setup, actor=manager)
    with at(calendar.moment(calendar.opens)) as moment:
        programmes.open_call(call, actor=manager, at=moment)
    return call


def begin_review(call, *, manager) -> None:
    """The call closes to dossiers; reviewers take over the next morning."""
    with at(call.closes_at + timedelta(hours=21)) as moment:
        programmes.start_review(call, actor=manager, at=moment)


def endow(programme, calendar: Round, *, manager, voted, cut=0, part=""):
    """The credits of a year, voted in February; `cut` is taken back by an amending budget.

    A fifth comes from a second funder; payments are spread over three years.
    """
    year = calendar.year
    act = {
        "actor": manager,
        "reason": f"Vote du budget primitif {year}",
        "reference": f"BP-{year}",
    }
    with at(calendar.moment(calendar.opens - 20)):
        envelope = funding.create_envelope(
            programme,
            actor=manager,
            year=year,
            name=programme.name,
            voted_reference=f"Budget primitif {year}, délibération de démonstration",
        )
        second = euro(Decimal(voted) / 5)
        funding.endow(envelope, voted - second, **act)
        funding.endow(envelope, second, funder=second_funder(programme, manager), **act)
        for later, share in enumerate(PAID_OVER):
            funding.open_credits(envelope, euro(voted * share), year=year + later, **act)
        if part:
            moved = funding.Act(reason="Volet réservé", reference=act["reference"])
            funding.open_part(envelope, name=part, amount=second, act=moved, actor=manager)
    if cut:
        with at(calendar.moment(calendar.reviews_due)):
            funding.reduce(
                envelope, cut, actor=manager,
                reason=f"Décision modificative n° 2 de {year} : baisse des dotations",
                reference=f"DM2-{year}",
            )  # fmt: skip
    return envelope


def second_funder(programme, manager):
    found = programme.funders.filter(name=SECOND_FUNDER).first()
    return found or funding.add_funder(programme, name=SECOND_FUNDER, actor=manager)
