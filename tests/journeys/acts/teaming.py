"""A colleague joins the team of the company and writes the same dossier in another window."""

from playwright.sync_api import expect

from tests.factories import PASSWORD
from tests.journeys.acts.hands import (
    ADDRESS,
    code_in,
    fill,
    follow,
    headed,
    mail_to,
    press,
    told,
)


def invite(page, organisation, *, email):
    page.goto(organisation.get_absolute_url())
    follow(page, "inviter des collègues", exact=False)
    headed(page, "équipe")
    fill(page, {"Adresse électronique": email})
    page.get_by_label("Rédaction").check()
    press(page, "Envoyer l’invitation")
    told(page, "L’invitation est partie")


def join(window, *, name, email):
    """By the link of the letter, opening an account on the way."""
    page = window.page
    letter = mail_to(window, email, "invite")
    page.goto(next(link for link in ADDRESS.findall(letter) if "rejoindre" in link))
    follow(page, "Ouvrir un compte")
    fill(page, {"Prénom et nom": name, "Adresse électronique": email, "Mot de passe": PASSWORD})
    press(page, "Créer mon compte")
    fill(page, {"Code reçu": code_in(mail_to(window, email, "code"))})
    press(page, "Confirmer mon adresse")
    press(page, "Rejoindre l’équipe")
    told(page, "Vous faites partie de l’équipe.")


def strip_says(page, state):
    expect(page.locator("[data-save-strip]")).to_have_attribute("data-state", state)


def lose_network(window, write):
    """What `write` types meanwhile stays in the browser."""
    window.page.wait_for_load_state()
    window.context.set_offline(True)
    write(window.page)
    strip_says(window.page, "offline")


def find_network(window):
    window.context.set_offline(False)
    strip_says(window.page, "saved")
