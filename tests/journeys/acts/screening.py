"""Act three: the officer checks the dossier, asks for a completion, then admits it."""

from playwright.sync_api import expect

from grants.screening import operations
from grants.screening.checklist import ITEMS
from grants.screening.models import Check
from tests.journeys.acts.hands import fill, follow, labelled, press, told

MISSING = "Dites comment vous mesurez les tonnes évitées."


def open_from_queue(page, dossier):
    follow(page, "Instruction")
    follow(page, dossier.title)


def check_everything(page):
    """Each control is saved alone, by HTMX: the page never reloads."""
    for number, item in enumerate(ITEMS, start=1):
        line = page.locator(f"#{item.key}")
        line.get_by_label("Conforme", exact=True).check()
        line.get_by_role("button").click()
        expect(page.locator("#progress")).to_contain_text(f"{number} contrôle")
    expect(page.get_by_role("button", name="Déclarer recevable")).to_be_visible()


def ask_completion(page, *, section, question):
    follow(page, "Demander des compléments")
    fill(page, {"Message à l’entreprise": MISSING})
    page.locator("summary").get_by_text(section).click()
    labelled(page, question).check()
    labelled(page, f"Ce qui manque.*{question}").fill(MISSING)
    press(page, "Envoyer la demande")
    told(page, "La demande est envoyée")


def admit(page):
    press(page, "Déclarer recevable")
    told(page, "est recevable. L’entreprise est prévenue.")


def admit_quietly(dossier, officer):
    """What the officer did for the other companies, told in one line."""
    for item in ITEMS:
        operations.check(dossier, item.key, outcome=Check.Outcome.MET, actor=officer)
    return operations.admit(dossier, actor=officer)
