"""The words a company is known by, wherever they come from."""

import pytest
from django.utils import timezone

from accounts.organisations.establishment import Establishment
from accounts.organisations.mail_domains import brand_of
from grants.formbuilder.definition import parse
from grants.formbuilder.filled import Filled, FilledSection, Reply
from reviews.phases.veil import Names, names_of
from tests.factories import join, make_dossier, make_organisation, make_user

SAID = (
    "Tuilo est la marque de notre société. M. Vidal la dirige, sa société Occitane de Gestion "
    "la détient. Voir heliotuile et écrire au 05 61 00 00 00."
)


def question(kind="table", **more):
    asked = {"key": "q", "kind": kind, "label": "Q", **more}
    section = {"key": "s", "title": "S", "questions": [asked]}
    return parse({"sections": [section]}).questions["q"]


def columns(*pairs):
    return [{"key": key, "label": key, "kind": kind} for key, kind in pairs]


def filled(asked, stored):
    return Filled((FilledSection(None, (Reply(asked, stored),)),))


@pytest.mark.django_db
def test_the_register_and_the_mail_of_its_people_name_a_company():
    organisation = make_organisation(name="Brique Bleue")
    told = Establishment(
        siret=organisation.siret,
        name="BRIQUE BLEUE",
        is_open=True,
        brands=("Tuilo",),
        officers=("Paule VIDAL",),
        houses=(("Occitane de Gestion", "732829320"),),
    )
    organisation.standing, organisation.verified_at = "open", timezone.now()
    organisation.register = told.as_json()
    organisation.save()
    join(make_user(email="contact@heliotuile.fr", full_name="Jeanne Petit"), organisation)
    join(make_user(email="brique@gmail.com"), organisation)

    names = names_of(make_dossier(organisation=organisation))

    assert str(names.mask(SAID)) == (
        "[masqué] est la marque de notre société. M. [masqué] la dirige, sa société [masqué] "
        "la détient. Voir [masqué] et écrire au [masqué]."
    )
    assert str(names.mask(f"SIREN : {organisation.siren}")) == "SIREN : [masqué]"
    assert str(names.mask("un compte gmail")) == "un compte gmail"


@pytest.mark.django_db
def test_a_company_the_register_has_not_answered_for_keeps_what_it_states():
    organisation = make_organisation(name="Brique Bleue", city="Albi")

    names = names_of(make_dossier(organisation=organisation))

    assert names.companies == ("Albi", "Brique Bleue")


@pytest.mark.parametrize(
    ("asked", "stored", "text", "shown"),
    [
        pytest.param(
            question("url"), "https://www.heliotuile.fr/a", "Chez Heliotuile", "Chez [masqué]",
            id="web site",
        ),
        pytest.param(question("url"), "http://[", "Chez Heliotuile", "Chez Heliotuile", id="bad"),
        pytest.param(
            question("email"), "a@tuilo.fr", "La marque Tuilo", "La marque [masqué]", id="mail"
        ),
        pytest.param(
            question(columns=columns(("name", "short_text"), ("share", "integer"))),
            [{"name": "Malik Saïdi", "share": "20"}, "rien"],
            "Avec M. Saidi", "Avec M. [masqué]", id="team",
        ),
        pytest.param(
            question(columns=columns(("name", "short_text"), ("siren", "siret"))),
            [{"name": "Fungilène SARL", "siren": "73282932000074"}],
            "avec fungilene", "avec [masqué]", id="partner",
        ),
    ],
)  # fmt: skip
def test_what_a_dossier_answers_names_people_and_companies(asked, stored, text, shown):
    names = Names().with_form(filled(asked, stored))

    assert str(names.mask(text)) == shown


@pytest.mark.parametrize(
    ("domain", "brand"),
    [("heliotuile.fr", "heliotuile"), ("www.tuilo.co.uk", "tuilo"), ("fr", ""), ("", "")],
)
def test_the_brand_of_a_domain_is_what_its_owner_chose(domain, brand):
    assert brand_of(domain) == brand
