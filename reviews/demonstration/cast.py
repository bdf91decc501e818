"""The accounts people sign in with, and what each of them is good for."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.people.models import User
from grants.programmes.models import Duty
from grants.programmes.states import Role
from reviews.demonstration.chance import stream
from reviews.demonstration.stock import read

OWNERS_COMPANY, OTHER_COMPANY = "Fungilène", "Héliotuile"


@dataclass(frozen=True)
class Identity:
    role: str
    name: str
    email: str
    look_at: str


IDENTITIES = (
    Identity("applicant_owner", "Claire Vasseur", "claire.vasseur@fungilene.example",
             "un dossier en évaluation, un brouillon dans l’appel ouvert"),
    Identity("applicant_reader", "Malik Saïdi", "malik.saidi@fungilene.example",
             "les mêmes dossiers, en lecture"),
    Identity("applicant_other", "Jeanne Roumiguière", "jeanne.roumiguiere@heliotuile.example",
             "une autre entreprise, un dossier en évaluation"),
    Identity("reviewer_assigned", "Solange Arnal", "solange.arnal@exemple.fr",
             "des évaluations à rendre, dont celle de Fungilène"),
    Identity("reviewer_other", "Pierre-Yves Cros", "pierre-yves.cros@exemple.fr",
             "d’autres dossiers ; celui de Fungilène lui est fermé"),
    Identity("reviewer_conflicted", "Aurore Maynard", "aurore.maynard@exemple.fr",
             "un lien d’intérêts avec Fungilène, déclaré"),
    Identity("officer", "Thomas Ginestet", "instruction@occitanie.exemple.fr",
             "la file d’instruction de l’appel ouvert"),
    Identity("manager", "Isabelle Cazenave", "pilotage@occitanie.exemple.fr",
             "le tableau de bord, le classement, les décisions de l’an dernier"),
    Identity("manager_other", "Rémy Sarrazin", "pilotage.ia@occitanie.exemple.fr",
             "un autre programme ; rien du premier"),
    Identity("finance", "Françoise Baylac", "finances@occitanie.exemple.fr",
             "les enveloppes, les paiements, le contrôle d’une proposition"),
    Identity("auditor", "Paul Etcheverry", "audit@occitanie.exemple.fr",
             "tout le programme, en lecture"),
    Identity("superuser", "Administration technique", "technique@occitanie.exemple.fr",
             "les droits techniques"),
    Identity("deactivated", "Lucien Vergnes", "ancien.agent@occitanie.exemple.fr",
             "la connexion est refusée"),
    Identity("invited", "Dorothée Lassalle", "dorothee.lassalle@exemple.fr",
             "une invitation d’experte à accepter"),
)  # fmt: skip
COLLEAGUES = (
    ("Maud Tabarly", "maud.tabarly@occitanie.exemple.fr", Role.OFFICER),
    ("Hervé Sicard", "herve.sicard@occitanie.exemple.fr", Role.MANAGER),
)
DUTIES = {
    "officer": Role.OFFICER,
    "manager": Role.MANAGER,
    "finance": Role.FINANCE,
    "auditor": Role.AUDITOR,
}


def passwords(seed: int) -> dict[str, str]:
    """Four French words each; the same for the same seed."""
    words = read("people")["words"]
    return {
        identity.role: "-".join(stream(seed, "password", identity.role).sample(words, 4))
        for identity in IDENTITIES
    }


def sign_up(seed: int) -> dict[str, User]:
    """The identities, by role, their addresses confirmed."""
    secret = passwords(seed)
    users = [
        User(
            email=identity.email,
            full_name=identity.name,
            password=make_password(secret[identity.role]),
            is_active=identity.role != "deactivated",
            is_superuser=identity.role == "superuser",
        )
        for identity in IDENTITIES
    ]
    enter(users)
    return {identity.role: user for identity, user in zip(IDENTITIES, users, strict=True)}


def enter(users: list[User]) -> list[User]:
    """Store accounts; those without a password of their own cannot sign in."""
    for user in users:
        if not user.password:
            user.set_unusable_password()
    User.objects.bulk_create(users)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    return users


def give_duties(programme, people: dict[str, User]) -> None:
    """Who serves the programme; the account that was closed served it before."""
    colleagues = enter([User(email=email, full_name=name) for name, email, _role in COLLEAGUES])
    roles = [role for _name, _email, role in COLLEAGUES]
    serving = [(people[who], role) for who, role in DUTIES.items()]
    Duty.objects.bulk_create(
        Duty(programme=programme, user=user, role=role)
        for user, role in [*serving, *zip(colleagues, roles, strict=True)]
    )
    Duty.objects.create(
        programme=programme,
        user=people["deactivated"],
        role=Role.OFFICER,
        ended_at=timezone.now(),
    )
