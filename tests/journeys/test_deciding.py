"""From a frozen ranking to an appeal granted: the manager, the second person, a company."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from grants.decisions.operations.promoting import offer_next
from grants.letters.operations import make_letters
from tests.grants.decisions.scene import Scene
from tests.journeys.acts import deciding
from tests.journeys.acts.hands import (
    confirmed,
    download,
    fill,
    follow,
    headed,
    press,
    text_of,
    told,
)
from tests.journeys.readable import axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLES = ("Hydrogène", "Cobots", "Capteurs", "Isolants", "Vélos")


@pytest.fixture
def scene():
    """Five dossiers in a frozen order; the fifth is under the threshold; 250 000 € for them."""
    scene = Scene(endowed=250_000, scores=("4.5", "4.2", "3.6", "3.1", "2.0"))
    for dossier, title in zip(scene.dossiers, TITLES, strict=True):
        type(dossier).objects.filter(pk=dossier.pk).update(title=title)
    scene.ranked()
    for person in (scene.manager, scene.second, scene.dossiers[4].created_by):
        confirmed(person)
    return scene


def test_from_a_frozen_ranking_to_an_appeal_granted(window, scene):
    manager = window("manager").sign_in(scene.manager)
    manager.goto(reverse("decisions:prepare", args=[scene.call.pk]))
    deciding.prepare(manager)
    three_scenarios(manager, scene)
    deciding.change_amount(manager, "Capteurs", amount="45 000", reason="Première tranche.")
    deciding.propose(manager)
    deciding.check(window("second").sign_in(scene.second), scene.call)
    put_to_the_vote(manager, scene)
    voted_with_two_amendments(manager, scene)
    announced(manager, scene)

    reserve_promoted(manager, scene)
    company = window("company").sign_in(scene.dossiers[4].created_by)
    letter_read(company, manager, scene)
    appeal_granted(company, manager, scene)


def three_scenarios(page, scene):
    """Two more are tried, the three stand side by side; the first stays the proposal."""
    follow(page, "Scénarios : essayer, comparer")
    for name in ("Prudent", "Large"):
        page.locator("section[aria-labelledby=try] [name=name]").fill(name)
        press(page, "Garder ce scénario")
    for box in page.locator("[name=s]").all():
        box.check()
    press(page, "Comparer les scénarios cochés")
    expect(page.locator("table").first.locator("thead th")).to_have_count(4)
    page.goto(reverse("decisions:studio", args=[scene.call.allocation.pk]))


def put_to_the_vote(page, scene):
    page.reload()
    press(page, "Établir le rapport et le mettre au vote")
    told(page, "Rapport établi.")
    report = text_of(download(page, page.get_by_role("link", name="Le rapport soumis").click))
    assert "Annexe 4" in report
    assert axe(page) == []


def amend(page, title, *, outcome, amount):
    row = page.locator("tbody tr", has_text=title)
    row.get_by_role("link", name="Amender").click()
    page.get_by_label("Issue votée").select_option(outcome)
    fill(page, {"Montant voté": amount, "Motif de l’amendement": "Vote de l’assemblée."})
    press(page, "Enregistrer l’amendement")


def voted_with_two_amendments(page, scene):
    """What cannot be voted is said where it was typed; the proposal stays beside the vote."""
    amend(page, "Hydrogène", outcome="award", amount="900 000")
    told(page, "Au plus")
    page.goto(reverse("votes:vote", args=[scene.call.allocation.pk]))
    amend(page, "Hydrogène", outcome="award", amount="80 000")
    amend(page, "Capteurs", outcome="award", amount="40 000")
    told(page, "2 lignes amendées par le vote.")
    page.locator("summary", has_text="Ajouter un déport").click()
    fill(page, {"Élu ou élue": "Une élue", "Dossiers": scene.dossiers[1].reference})
    press(page, "Enregistrer le déport")
    fill(page, {"Date du vote": "2099-01-01", "Numéro de la délibération": "CP/2027-05/12.07"})
    press(page, "Enregistrer le vote")
    told(page, "Cette délibération n’a pas encore eu lieu.")
    fill(page, {"Date du vote": timezone.localdate().isoformat()})
    press(page, "Enregistrer le vote")
    told(page, "Vote enregistré.")
    row = page.locator("tbody tr", has_text="Hydrogène")
    expect(row).to_contain_text("100\u202f000\u202f€")
    expect(row).to_contain_text("80\u202f000\u202f€")


def announced(page, scene):
    page.locator("summary", has_text="Annoncer les décisions").click()
    page.get_by_role("dialog").get_by_role("button", name="Annoncer les décisions").click()
    told(page, "Décisions annoncées.")
    scene.envelope.refresh_from_db()
    assert (scene.envelope.committed, scene.envelope.left) == (220_000, 30_000)


def reserve_promoted(page, scene):
    """A company renounces; what comes back is offered to the first of the list, who accepts it."""
    allocation = scene.call.allocation
    page.goto(reverse("decisions:reserve", args=[allocation.pk]))
    given_up = scene.dossiers[1].reference
    page.locator("summary", has_text=f"Désistement de {given_up}").click()
    line = page.locator("li", has_text=given_up)
    line.get_by_label("Comment elle y a renoncé").fill("Courrier du 3 mai.")
    line.get_by_role("button", name="Enregistrer le désistement").click()
    told(page, "Désistement")
    allocation.refresh_from_db()
    offer_next(allocation)
    page.reload()
    press(page, "Retenir ce dossier")
    told(page, "Dossier retenu")
    scene.envelope.refresh_from_db()
    assert scene.envelope.left == 30_000


def letter_read(company, manager, scene):
    """Opened by a press of the company’s own; the manager sees by whom and when."""
    make_letters([decision.pk for decision in scene.decisions()])
    company.goto(reverse("decisions:decision", args=[scene.dossiers[4].pk]))
    follow(company, "Lire la lettre")
    press(company, "Ouvrir la lettre")
    told(company, "Sa note est inférieure au seuil publié")
    assert axe(company) == []
    paper = company.get_by_role("link", name="Télécharger la lettre (PDF)")
    assert "CP/2027-05/12.07" in text_of(download(company, paper.click))
    manager.goto(reverse("letters:sent", args=[scene.call.allocation.pk]))
    row = manager.locator("tbody tr", has_text=scene.dossiers[4].reference)
    expect(row).to_contain_text(scene.dossiers[4].created_by.full_name)
    assert axe(manager) == []


def appeal_granted(company, manager, scene):
    """More than the envelope bears is refused; granted, money and dossier move together."""
    company.goto(reverse("decisions:decision", args=[scene.dossiers[4].pk]))
    follow(company, "Former un recours")
    fill(company, {"Motifs du recours": "La note oublie deux clients pilotes."})
    press(company, "Enregistrer le recours")
    told(company, "Recours enregistré.")
    told(company, "délai interrompu")
    assert axe(company) == []

    manager.goto(reverse("appeals:list"))
    follow(manager, scene.dossiers[4].reference)
    manager.locator("summary", has_text="Accueillir le recours").click()
    answers = {
        "Aide accordée, au total": "40 000",
        "Date du vote": timezone.localdate().isoformat(),
        "Numéro de la délibération": "CP/2027-09/03",
    }
    fill(manager, answers)
    manager.locator("#id_grant-reply").fill("Les engagements sont établis.")
    press(manager, "Accueillir le recours")
    told(manager, "Il reste 30")
    fill(manager, {"Aide accordée, au total": "30 000"})
    press(manager, "Accueillir le recours")
    told(manager, "Recours accueilli")

    company.goto(reverse("decisions:decision", args=[scene.dossiers[4].pk]))
    headed(company, "Votre projet est retenu")
    scene.envelope.refresh_from_db()
    assert scene.envelope.left == 0
