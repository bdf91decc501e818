"""One application, from the pre-test to its admission, by two authors, one offline for a while.

Ève runs the start-up and Paul writes with her, each in a window; Olga screens.
"""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from grants.dossiers.states import State
from grants.programmes.states import Role
from tests.factories import luhn_siret, make_staff
from tests.grants.dossiers.complete import make_standard_call
from tests.journeys.acts import applying, screening, teaming
from tests.journeys.acts.hands import confirmed, follow, mail_to, sign_in, told

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

TITLE = "Chaleur d’étang"
MARKET = "Trois ports et douze copropriétés ont écrit leur intérêt."
EVE, PAUL = "eve@etang.example", "paul@etang.example"


def test_an_application_by_two_authors_from_the_pre_test_to_its_admission(window, worker):
    call = make_standard_call()
    olga = confirmed(make_staff(call.programme, Role.OFFICER, full_name="Olga Prat"))
    eve, paul, officer = window("Ève"), window("Paul"), window("Olga")

    dossier = eve_begins(eve)
    teaming.invite(eve.page, dossier.organisation, email=PAUL)
    teaming.join(paul, name="Paul Sol", email=PAUL)
    both_write(eve, paul, dossier)
    eve_submits(eve, paul, dossier)
    olga_asks(officer, olga, dossier)
    eve_answers(eve, dossier)
    olga_admits(officer, eve, dossier)


def eve_begins(eve):
    applying.try_eligibility(eve.page)
    applying.sign_up(eve, name="Ève Ruiz", email=EVE)
    return applying.declare_company(eve.page, siret=luhn_siret(778), name="Étang Chaleur")


def both_write(eve, paul, dossier):
    """Paul types in a train without network; what Ève writes elsewhere does not wait for him."""
    open_section(paul.page, dossier, "marche")
    with paul.expecting("lost: POST"), paul.forgiving("lost: GET"):
        teaming.lose_network(paul, lambda page: applying.answer(page, "market", MARKET))
        write_alone(eve.page, dossier)
        assert not dossier.answers.filter(key="market", value=MARKET).exists()
        teaming.find_network(paul)
    applying.answer(paul.page, "business_model", "Vente de chaleur, contrats de dix ans.")
    expect(paul.page.locator("[data-save-text]")).to_contain_text("Comment gagnerez-vous")

    open_section(eve.page, dossier, "marche")
    expect(eve.page.locator("#div_id_market textarea")).to_have_value(MARKET)


def write_alone(page, dossier):
    open_section(page, dossier, "entreprise")
    applying.fill_company(page)
    applying.fill_own_project(page, title=TITLE)
    open_section(page, dossier, "impact")
    applying.fill_impact(page)
    applying.fill_tables(page)
    applying.fill_end(page)


def open_section(page, dossier, key):
    page.goto(reverse("dossiers:section", args=[dossier.pk, key]))


def eve_submits(eve, paul, dossier):
    eve.page.goto(reverse("dossiers:check", args=[dossier.pk]))
    applying.check_and_submit(eve.page)

    submission = dossier.submissions.get()
    assert submission.sha256 in "".join(applying.receipt_of(eve.page, 1).split())
    assert MARKET in submission.content["answers"].values()
    mail_to(eve, EVE, "accusé de réception")
    paul.page.goto(dossier.get_absolute_url())
    told(paul.page, "L’accusé de réception")


def olga_asks(officer, olga, dossier):
    dossier.refresh_from_db()
    sign_in(officer.page, olga)
    screening.open_from_queue(officer.page, dossier)
    screening.check_everything(officer.page)
    screening.ask_completion(
        officer.page,
        section="Impact social et environnemental",
        question="Quel changement mesurable",
    )


def eve_answers(eve, dossier):
    assert screening.MISSING in mail_to(eve, EVE, "à compléter")
    follow(eve.page, "Mes dossiers")
    follow(eve.page, dossier.title)
    applying.complete(eve.page, impact="Soixante tonnes par an, relevées au compteur.")
    applying.check_and_submit(eve.page)
    assert "complété" in applying.receipt_of(eve.page, 2)


def olga_admits(officer, eve, dossier):
    screening.open_from_queue(officer.page, dossier)
    told(officer.page, "relevées au compteur")
    screening.admit(officer.page)

    dossier.refresh_from_db()
    assert dossier.state == State.ADMISSIBLE
    mail_to(eve, EVE, "recevable")
