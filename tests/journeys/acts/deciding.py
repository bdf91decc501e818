"""Act five: ranking settled, amounts proposed, checked, voted, announced."""

import re
from time import monotonic

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.acts.hands import PATIENCE, download, fill, follow, headed, press, told


def settle_ranking(page):
    follow(page, "Classement")
    headed(page, "Classement")
    page.locator("summary", has_text="Arrêter le classement").click()
    page.get_by_role("dialog").get_by_role("button", name="Arrêter le classement").click()
    told(page, "Classement arrêté.")


def prepare(page):
    headed(page, "Préparer l’attribution")
    press(page, "Préparer la proposition")
    expect(page.locator("[data-studio]")).to_be_visible()


def order(page):
    """The projects as the studio ranks them, with what happens to each."""
    rows = page.locator("[data-studio] tbody tr").all()
    return [
        (row.locator("th a").inner_text(), row.locator(".state").last.inner_text()) for row in rows
    ]


def change_amount(page, title, *, amount, reason):
    """What is left moves while the amount is typed; the server has the last word."""
    row = page.locator("[data-studio] tbody tr", has_text=title)
    left = page.locator("[data-left]")
    before = left.inner_text()
    row.locator("input[name=amount]").fill(amount)
    expect(left).not_to_have_text(before)
    row.locator("input[name=reason]").fill(reason)
    with page.expect_response(re.compile("/attributions/lignes/")):
        row.get_by_role("button", name="Enregistrer").click()
    expect(row.locator("input[name=amount]")).to_have_value(re.compile(amount.replace(" ", r"\s")))


def refuse_too_much(page, title):
    row = page.locator("[data-studio] tbody tr", has_text=title)
    usual = row.locator("input[name=amount]").input_value()
    row.locator("input[name=amount]").fill("900 000")
    row.get_by_role("button", name="Enregistrer").click()
    told(row, "Au plus")
    page.reload()
    expect(row.locator("input[name=amount]")).to_have_value(usual)


def propose(page):
    press(page, "Transmettre pour contrôle")
    told(page, "Proposition transmise.")


def check(page, call):
    page.goto(reverse("decisions:list"))
    follow(page, call.title, exact=False)
    press(page, "J’ai contrôlé cette proposition")
    told(page, "Proposition contrôlée.")


def deliberate_and_announce(page):
    page.reload()
    press(page, "Établir le rapport et le mettre au vote")
    told(page, "Rapport établi.")
    fill(
        page,
        {
            "Date du vote": timezone.localdate().isoformat(),
            "Numéro de la délibération": "CP/2027-05/12.07",
        },
    )
    press(page, "Enregistrer le vote")
    told(page, "Vote enregistré.")
    page.locator("summary", has_text="Annoncer les décisions").click()
    page.get_by_role("dialog").get_by_role("button", name="Annoncer les décisions").click()
    told(page, "Décisions annoncées.")


def letter(page):
    """The PDF is made by a worker: the page says to come back in a minute until it is there."""
    link = page.get_by_role("link", name="Lire la lettre")
    limit = monotonic() + PATIENCE
    while not link.count():
        assert monotonic() < limit, "the letter was never made"
        page.wait_for_timeout(200)
        page.reload()
    link.click()
    press(page, "Ouvrir la lettre")
    return download(page, page.get_by_role("link", name="Télécharger la lettre (PDF)").click)
