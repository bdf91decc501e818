"""One call from the vote of its money to the letters, played by people in their browsers.

The people: Ana and Bruno manage the programme, Olga screens, Ève runs a start-up, Ingrid and
Rachid read as experts. Two other companies and a third expert are only told, not played.
"""

import re

import pytest

from grants.decisions.models import Decision
from grants.dossiers import operations as dossiers
from grants.programmes.models import Theme
from grants.programmes.starter import THEMES
from grants.programmes.states import Role
from tests.factories import luhn_siret, make_expert, make_programme, make_staff, make_user
from tests.grants.dossiers.complete import make_ready
from tests.journeys.acts import applying, deciding, preparing, reviewing, screening
from tests.journeys.acts.hands import (
    confirmed,
    follow,
    headed,
    mail_to,
    press,
    sign_in,
    text_of,
    told,
)

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

OURS = "Chaleur d’étang"
BATTERY = "Batterie au sel"
TEXTILE = "Isolant en laine"
MARKS = {OURS: [5, 5, 4, 5, 4], BATTERY: [4, 4, 4, 4, 4], TEXTILE: [3, 3, 3, 3, 3]}


@pytest.fixture
def programme():
    programme = make_programme(name="Start-up industrie de demain")
    Theme.objects.filter(programme=programme).delete()
    for rank, (key, name) in enumerate(THEMES):
        Theme.objects.create(programme=programme, key=key, name=name, rank=rank)
    return programme


def test_a_whole_round_from_the_vote_of_the_money_to_the_letters(window, worker, programme):
    ana = confirmed(make_staff(programme, Role.MANAGER, full_name="Ana Castan"))
    bruno = confirmed(make_staff(programme, Role.MANAGER, full_name="Bruno Vidal"))
    olga = confirmed(make_staff(programme, Role.OFFICER, full_name="Olga Prat"))
    manager, officer, company = window("Ana"), window("Olga"), window("Ève")

    call = a_call_is_published(manager.page, ana, programme)
    dossier = a_company_applies(company, call)
    the_officer_screens(officer, olga, company, dossier)
    for title in (BATTERY, TEXTILE):
        others_apply(call, olga, title)
    preparing.close_the_doors(call)
    preparing.start_review(manager.page)
    experts_read(window, officer.page, call)
    the_money_is_shared(manager.page, window("Bruno"), bruno, call)
    everybody_learns(company, window("Public"), dossier)


def a_call_is_published(page, ana, programme):
    sign_in(page, ana)
    preparing.open_envelope(page, programme, voted="2 000 000", withdrawn="1 930 000")
    preparing.prepare_call(page)
    preparing.adjust_criteria(page)
    return preparing.publish(page)


def a_company_applies(window, call):
    page = window.page
    applying.try_eligibility(page)
    applying.sign_up(window, name="Ève Ruiz", email="eve@etang.example")
    applying.declare_company(page, siret=luhn_siret(777), name="Étang Chaleur")
    follow(page, "Votre entreprise")
    applying.fill_company(page)
    applying.fill_project(page, title=OURS)
    applying.fill_tables(page)
    applying.fill_end(page)
    dossier = call.dossiers.get()
    applying.check_and_submit(page)
    submission = dossier.submissions.get()
    assert submission.sha256 in "".join(applying.receipt_of(page, 1).split())
    mail_to(window, "eve@etang.example", "accusé de réception")
    dossier.refresh_from_db()
    return dossier


def the_officer_screens(officer, olga, company, dossier):
    page = officer.page
    sign_in(page, olga)
    screening.open_from_queue(page, dossier)
    screening.check_everything(page)
    screening.ask_completion(
        page, section="Impact social et environnemental", question="Quel changement mesurable"
    )

    assert screening.MISSING in mail_to(company, "eve@etang.example", "à compléter")
    follow(company.page, "Mes dossiers")
    follow(company.page, dossier.title)
    applying.complete(company.page, impact="Soixante tonnes par an, relevées au compteur.")
    applying.check_and_submit(company.page)
    assert "complété" in applying.receipt_of(company.page, 2)

    screening.open_from_queue(page, dossier)
    told(page, "relevées au compteur")
    screening.admit(page)


def others_apply(call, olga, title):
    dossier = make_ready(call=call, author=make_user())
    dossiers.save_section(dossier, {"title": title}, versions={"title": 1}, actor=dossier.author)
    dossiers.submit(dossier, actor=dossier.author)
    screening.admit_quietly(dossier, olga)


def experts_read(window, officer, call):
    rachid = confirmed(make_user(full_name="Rachid Amar", email="rachid@ies.example"))
    make_expert(call, full_name="Paul Told", email="paul@icam.example")
    officer.goto(call.get_absolute_url())
    reviewing.invite(
        officer, email="ingrid@laas.example", name="Ingrid Bonnet", organisation="LAAS"
    )
    reviewing.invite(officer, email=rachid.email, name=rachid.full_name, organisation="IES")

    newcomer, known = window("Ingrid"), window("Rachid")
    reviewing.choose_password(newcomer, email="ingrid@laas.example")
    ingrid = call.seats.get(expert__user__email="ingrid@laas.example").expert.user
    reviewing.confirm_address(newcomer, ingrid)
    sign_in(known.page, rachid)
    for reader in (newcomer, known):
        reviewing.sign_undertaking(reader.page, themes=["Énergie"])
    reviewing.hand_out(officer)
    for reader in (newcomer, known):
        reviewing.score_everything(reader.page, MARKS)
    mail_to(known, rachid.email, "à évaluer")
    reviewing.read_quietly(call, lambda reading: MARKS[reading.dossier.title])


def the_money_is_shared(page, checker, bruno, call):
    page.reload()
    deciding.settle_ranking(page)
    deciding.prepare(page)
    assert deciding.order(page) == [
        (OURS, "Retenu"),
        (BATTERY, "Retenu"),
        (TEXTILE, "Liste de réserve"),
    ]
    deciding.refuse_too_much(page, OURS)
    deciding.change_amount(page, BATTERY, amount="20 000", reason="Part de la première année.")
    deciding.propose(page)

    sign_in(checker.page, bruno)
    deciding.check(checker.page, call)
    deciding.deliberate_and_announce(page)
    envelope = call.allocation.envelope
    assert (envelope.endowed, envelope.committed, envelope.left) == (70_000, 65_000, 5_000)


def everybody_learns(company, public, dossier):
    decision = Decision.objects.get(dossier=dossier)
    mail_to(company, "eve@etang.example", "retenu")
    page = company.page
    page.goto("/messages/")
    press(page, re.compile("^Ouvrir.*retenu"))
    headed(page, "Votre projet est retenu")
    letter = text_of(deciding.letter(page))
    assert "45 000 €" in " ".join(letter.split())
    assert decision.letters.get().sha256 in page.locator("main").inner_text()

    public.page.goto("/")
    told(public.page, "Étang Chaleur")
    follow(public.page, re.compile("^Voir toutes les aides"))
    told(public.page, "Étang Chaleur")
