"""What the command says when the world is built: a table for people, an object for programs."""

from accounts.organisations.models import Organisation
from grants.decisions.models import Decision
from grants.dossiers.models import Document, Dossier
from grants.programmes.models import Call
from reviews.demonstration.cast import IDENTITIES, OTHER_COMPANY, OWNERS_COMPANY, passwords
from reviews.evaluations.models import Evaluation

SOME = 8


def as_object(world) -> dict:
    """The contract of `demo --json`."""
    secret = passwords(world.seed)
    return {
        "base_url": None,
        "identities": {
            one.role: {"email": one.email, "password": secret[one.role], "totp_secret": None}
            for one in IDENTITIES
        },
        "objects": objects(world),
    }


def objects(world) -> dict[str, list[int]]:
    """A few of each, the most telling first: the owner's dossiers, its documents, its readings."""
    owner = world.register.organisations[OWNERS_COMPANY]
    other = world.register.organisations.get(OTHER_COMPANY)
    dossiers = [
        *of_company(owner),
        *(of_company(other) if other else ()),
        *some(Dossier.objects.exclude(organisation__in=[owner, other]).order_by("pk")),
    ]
    read_by_ours = Evaluation.objects.filter(
        assignment__expert__user=world.people["reviewer_assigned"]
    )
    under_review = world.owners_dossier
    return {
        "dossier": dossiers,
        "call": list(Call.objects.order_by("pk").values_list("pk", flat=True)),
        "envelope": list(world.envelopes.values_list("pk", flat=True)),
        "evaluation": [
            *some(read_by_ours.filter(assignment__dossier=under_review)),
            *some(read_by_ours.exclude(assignment__dossier=under_review).order_by("pk")),
        ],
        "document": some(Document.objects.filter(dossier__in=dossiers[:3]).order_by("pk")),
        "decision": some(Decision.objects.order_by("rank")),
    }


def of_company(organisation: Organisation) -> list[int]:
    return list(organisation.dossiers.order_by("pk").values_list("pk", flat=True))


def some(rows) -> list[int]:
    return list(rows.values_list("pk", flat=True)[:SOME])


def as_table(world) -> str:
    """Role, address, password, what to look at; then what the world holds."""
    secret = passwords(world.seed)
    lines = [("Rôle", "Adresse", "Mot de passe", "À voir")]
    lines += [(one.role, one.email, secret[one.role], one.look_at) for one in IDENTITIES]
    widths = [max(len(line[column]) for line in lines) for column in range(3)]
    table = [
        "  ".join(
            [*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[3]]
        )
        for line in lines
    ]
    calls = [
        f"{call.code} : {call.get_state_display()}, {call.dossiers.count()} dossiers"
        for call in Call.objects.order_by("opens_at")
    ]
    return "\n".join([*table, "", *calls])
