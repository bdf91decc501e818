"""Sixty dossiers waiting for their readers, and what each of twelve experts will think of them."""

from functools import cached_property

from django.urls import reverse

from grants.dossiers import operations as dossiers
from grants.dossiers.models import Dossier
from grants.programmes.states import Role
from reviews.evaluations.stale import Ground
from tests.factories import (
    luhn_siret,
    make_dossier,
    make_envelope,
    make_organisation,
    make_staff,
    make_user,
)
from tests.grants.dossiers.complete import make_ready, make_standard_call
from tests.journeys.acts import screening
from tests.journeys.acts.hands import confirmed

OURS = "Chaleur d’étang"
EMPLOYED, BORNE = "Cobots de Garonne", "Laine d’Oc"
DOSSIERS = 60

# Address, name, house; one from each house, so that no rule about houses gets in the way.
EXPERTS = [
    ("ingrid@laas.example", "Ingrid Bonnet", "LAAS"),
    ("rachid@ies.example", "Rachid Amar", "IES"),
    ("paul@icam.example", "Paul Told", "Icam"),
    ("lea@cirimat.example", "Léa Vidal", "Cirimat"),
    ("hugo@lgc.example", "Hugo Marty", "LGC"),
    ("nour@lirmm.example", "Nour Haddad", "LIRMM"),
    ("marc@inrae.example", "Marc Delpech", "Inrae"),
    ("sofia@cemes.example", "Sofia Lopez", "Cemes"),
    ("yann@promes.example", "Yann Kerloc’h", "Promes"),
    ("alice@irit.example", "Alice Sabatier", "Irit"),
    ("omar@c2n.example", "Omar Diallo", "C2N"),
    ("jeanne@tbi.example", "Jeanne Roques", "TBI"),
]


class Selection:
    """Ana manages, Olga screens, Ève runs the start-up of OURS; the rest is told, not played."""

    def __init__(self):
        self.call = make_standard_call(
            title="Start-up industrie de demain 2027", method="calibrated"
        )
        programme = self.call.programme
        make_envelope(programme, endowed=1_000_000)
        self.ana = confirmed(make_staff(programme, Role.MANAGER, full_name="Ana Castan"))
        self.olga = confirmed(make_staff(programme, Role.OFFICER, full_name="Olga Prat"))
        self.eve = confirmed(make_user(full_name="Ève Ruiz", email="eve@etang.example"))
        self.others()
        self.ours = self.hand_in_ours()
        for key, question in (("innovation", "innovation"), ("impact", "impact")):
            Ground.objects.create(criterion=self.call.criteria.get(key=key), key=question)

    def others(self):
        """Admitted already, without their forms: only their titles and companies matter here."""
        author, themes = make_user(), list(self.call.programme.themes.all())
        titles = [EMPLOYED, BORNE, *(f"Projet {n:02}" for n in range(1, DOSSIERS - 2))]
        for n, title in enumerate(titles):
            company = make_organisation(name=f"{title} SAS", siret=luhn_siret(50_000 + n))
            make_dossier(
                call=self.call, state="admissible", organisation=company, author=author,
                title=title, theme=themes[n % len(themes)], requested=50_000,
            )  # fmt: skip

    def hand_in_ours(self):
        company = make_organisation(owner=self.eve, name="Étang Chaleur")
        dossier = make_ready(call=self.call, author=self.eve, organisation=company)
        dossiers.save_section(dossier, {"title": OURS}, versions={"title": 1}, actor=self.eve)
        dossiers.submit(dossier, actor=self.eve)
        return screening.admit_quietly(dossier, self.olga)

    def siren_of(self, title):
        return Dossier.objects.get(call=self.call, title=title).organisation.siren

    def seat(self, email):
        return self.call.seats.select_related("expert__user").get(expert__user__email=email)

    def user(self, email):
        return self.seat(email).expert.user

    @cached_property
    def page(self):
        return self.call.get_absolute_url()

    @cached_property
    def ranking(self):
        return reverse("panels:ranking", args=[self.call.pk])


def marks(reading):
    """What a reader makes of a dossier: its worth, and how lenient this reader is."""
    number, reader = reading.dossier_id * 37 % 60, reading.expert_id % 3 - 1
    worth = 1 + 4 * number / 59
    taste = (reading.dossier_id * 7 + reading.expert_id * 13) % 5 / 4 - 0.5
    return [bounded(worth + 0.6 * reader + taste), bounded(worth + 0.6 * reader - taste)]


def bounded(mark):
    return min(max(round(mark), 0), 5)
