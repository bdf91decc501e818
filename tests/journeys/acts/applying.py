"""Act two: a start-up opens an account, declares its company and files its dossier."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from grants.dossiers.models import Dossier
from tests.factories import PASSWORD
from tests.grants.dossiers.complete import PDF
from tests.journeys.acts.hands import (
    code_in,
    download,
    fill,
    follow,
    headed,
    labelled,
    mail_to,
    press,
    text_of,
    told,
)

WORDS = "Essais menés avec le laboratoire LAAS : 38 % d’énergie en moins, brevet déposé en 2026."


def sign_up(window, *, name, email):
    page = window.page
    page.goto("/")
    follow(page, "Déposer un dossier")
    follow(page, "Créer un compte pour commencer")
    fill(page, {"Prénom et nom": name, "Adresse électronique": email, "Mot de passe": PASSWORD})
    press(page, "Créer mon compte")
    headed(page, "Écrivez le code reçu")
    fill(page, {"Code reçu": code_in(mail_to(window, email, "code"))})
    press(page, "Confirmer mon adresse")


def try_eligibility(page):
    """The pre-test of the public site: no account, no trace."""
    page.goto("/")
    follow(page, "Suis-je éligible ?", exact=False)
    created = timezone.localdate() - timedelta(days=700)
    page.get_by_text("Pas de SIRET, ou entreprise à créer").click()
    fill(
        page,
        {
            "Date de création": created.isoformat(),
            "Combien le projet coûtera-t-il": "90 000",
            "Combien de mois durera-t-il": "24",
        },
    )
    labelled(page, "Département").select_option("34")
    press(page, "Voir la réponse")
    told(page, re.compile("Rien ne s’y oppose jusqu’ici"))


def declare_company(page, *, siret, name):
    press(page, "Commencer un dossier")
    headed(page, "entreprise")
    facts = {
        "Dénomination": name,
        "Date de création": (timezone.localdate() - timedelta(days=700)).isoformat(),
        "Commune": "Sète",
        "Effectif": "6",
    }
    fill(page, {"SIRET": "123 456 789 00011", **facts})
    labelled(page, "Forme juridique").select_option("SAS")
    labelled(page, "Département").select_option("34")
    press(page, "Enregistrer l’entreprise")
    told(page, "Ce numéro n’est pas un SIRET")
    fill(page, {"SIRET": siret})
    press(page, "Enregistrer l’entreprise")
    press(page, "Commencer un dossier")
    headed(page, "Votre dossier")
    return Dossier.objects.get(organisation__siret=siret)


def answer(page, key, text):
    """Type into a question, or choose its option."""
    place = page.locator(f"#div_id_{key}")
    if place.locator("input[type=radio]").count():
        place.locator(f"input[value='{text}']").check()
    else:
        place.locator("input:not([type=hidden]), textarea").first.fill(text)


def fill_row(page, key, number, **cells):
    for column, text in cells.items():
        cell = page.locator(f"[name='{key}-{number}-{column}']")
        if cell.evaluate("cell => cell.tagName") == "SELECT":
            cell.select_option(text)
        else:
            cell.fill(text)


def saved(page):
    expect(page.locator("[data-save-strip]")).to_have_attribute("data-state", "saved")


def go_on(page):
    press(page, "Enregistrer et continuer")


def join_file(page, key, name):
    place = page.locator(f"#div_id_{key}")
    place.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": PDF}
    )
    told(page, f"« {name} » est joint.")


def fill_company(page):
    headed(page, "Votre entreprise")
    answer(page, "activity", "Nous chauffons des bâtiments avec la chaleur des étangs.")
    saved(page)
    for key, text in [
        ("group", "false"), ("insolvency", "false"), ("turnover", "120 000"),
        ("balance_sheet", "300 000,50"), ("equity", "150 000"), ("capital", "50 000"),
        ("jei", "yes"),
    ]:  # fmt: skip
        answer(page, key, text)
    go_on(page)


def fill_project(page, *, title):
    fill_own_project(page, title=title)
    headed(page, "Votre marché")
    answer(page, "market", "Trois ports et douze copropriétés ont écrit leur intérêt.")
    answer(page, "business_model", "Vente de chaleur au mégawattheure, contrats de dix ans.")
    go_on(page)
    fill_impact(page)


def fill_own_project(page, *, title):
    headed(page, "Votre projet")
    starts = timezone.localdate() + timedelta(days=60)
    for key, text in [
        ("title", title), ("theme", "energie"), ("stage", "mvp"), ("innovation", WORDS),
        ("starts_on", starts.isoformat()), ("duration_months", "24"),
    ]:  # fmt: skip
        answer(page, key, text)
    go_on(page)


def fill_impact(page):
    headed(page, "Impact")
    answer(page, "impact", "Soixante tonnes de CO₂ évitées par an, mesurées au compteur.")
    answer(page, "jobs", "8")
    go_on(page)


def fill_tables(page):
    headed(page, "Équipe")
    fill_row(page, "team", 0, name="Ève Ruiz", role="Présidente", share="100")
    page.locator("#div_id_team").get_by_role("button", name="Ajouter une ligne").click()
    fill_row(page, "team", 1, name="Paul Sol", role="Ingénieur", share="80")
    answer(page, "laboratory", "LAAS-CNRS à Toulouse, contrat signé en mars.")
    saved(page)
    go_on(page)
    headed(page, "Budget")
    fill_row(page, "budget", 0, item="Prototype", nature="supplies", amount="90 000")
    answer(page, "eligible_base", "90 000")
    answer(page, "requested", "45 000")
    fill_row(page, "financing", 0, source="Région", nature="public", amount="45 000",
             secured="false")  # fmt: skip
    page.locator("#div_id_financing").get_by_role("button", name="Ajouter une ligne").click()
    fill_row(page, "financing", 1, source="Capital", nature="own", amount="45 000", secured="true")
    go_on(page)


def fill_end(page):
    headed(page, "Aides reçues")
    answer(page, "aided", "false")
    answer(page, "commitment", "true")
    go_on(page)
    headed(page, "Pièces")
    for key in ("kbis", "accounts", "business_plan"):
        join_file(page, key, f"{key}.pdf")
    go_on(page)


def check_and_submit(page):
    headed(page, "Vérifier et déposer")
    told(page, "Votre projet semble éligible")
    press(page, "Déposer le dossier")
    told(page, "Votre dossier est déposé.")


def receipt_of(page, version):
    """The text of the receipt as its reader opens it."""
    link = page.get_by_role("link", name=f"Accusé (PDF) de la version {version}")
    return text_of(download(page, link.click))


def complete(page, *, impact):
    """Answer the officer’s request: only the question asked for is open."""
    told(page, "La Région vous demande de compléter votre dossier")
    follow(page, "Impact social et environnemental")
    answer(page, "impact", impact)
    saved(page)
    go_on(page)
