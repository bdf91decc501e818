"""`python -m docs.pictures --address http://127.0.0.1:8000`: every picture of README and guides.

The site at that address holds the world of `manage.py demo` (with `--seed` if it is not 1), and
SECRET_KEY and DATABASE_URL are those of that site. Nothing is submitted, sent or published: what
is typed is put back, or never leaves the browser. `--only dossier,file` takes a few.
"""

import argparse
import re
import shutil
import sys

from playwright.sync_api import expect, sync_playwright

from docs.camera import FOLDER, PHONE, UNDO, Picture, Steps, identities, taken

CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

APPLICANT, OFFICER, MANAGER, EXPERT = "applicant_owner", "officer", "manager", "reviewer_assigned"
INVITED = "invited"
DRAFT = "Panneaux acoustiques en mycélium"
READ = "Isolant en mycélium"  # the company’s dossier under review
RECEIVED = "Cloison de rénovation"
COMPARED = "Réutilisation des eaux grises"
INNOVATION = "^Modifier En quoi.*innovante"
ASKED = "Bonjour, notre associé change de banque en janvier : faut-il vous le dire dès maintenant ?"
TOLD = "Bonjour, votre dossier est bien arrivé. Nous revenons vers vous avant la fin du mois."
NOTED = "Appelé le 20 : le laboratoire confirme les essais au feu."
CALL, REVIEWED, DECIDED = "SID27", "SID26", "SID25"


def at(address: str, *links: str) -> Steps:
    """Go to an address, then follow links that hold these words, as a person would."""

    def show(page):
        page.goto(address)
        for words in links:
            page.locator("main").get_by_role("link", name=re.compile(words)).first.click()
            page.wait_for_load_state()

    return show


def then(first: Steps, *others: Steps) -> Steps:
    def show(page):
        for step in (first, *others):
            step(page)

    return show


def call_page(code: str, *links: str) -> Steps:
    """The page of a call, from the list where its code or title stands."""

    def show(page):
        page.goto("/appels/")
        row = page.locator("main :is(tr, li, article, section)").filter(has_text=code)
        row.last.get_by_role("link").first.click()
        page.wait_for_load_state()
        for words in links:
            page.locator("main").get_by_role("link", name=re.compile(words)).first.click()
            page.wait_for_load_state()

    return show


def draft(*links: str) -> Steps:
    return at("/dossiers/", DRAFT, *links)


# What is done on a page before its picture.


def ask_whether_eligible(page):
    page.get_by_text("Pas de SIRET, ou entreprise à créer").click()
    page.get_by_label("Date de création").fill("2025-01-15")
    page.get_by_label("Département").select_option("34")
    page.get_by_label(re.compile("Combien le projet coûtera")).fill("90 000")
    page.get_by_label(re.compile("Combien de mois durera")).fill("24")
    page.get_by_role("button", name="Voir la réponse").click()
    page.wait_for_load_state()


def write_without_network(page):
    """What is typed stays in this browser, which is thrown away after the picture."""
    field = page.locator("form[data-autosave] textarea").first
    page.context.set_offline(True)
    field.fill(field.input_value() + " Essais prolongés jusqu’en mars.")
    expect(page.locator("[data-save-text]")).to_contain_text("Pas de connexion", timeout=15_000)


def write_in_two_windows(page):
    """A second window saves first; the first one is told, and keeps the other text."""
    field = page.locator("form[data-autosave] textarea").first
    before = field.input_value()
    other = page.context.new_page()
    other.goto(page.url)
    type_and_wait(other, other.locator(f"#{field.get_attribute('id')}"), before + " Essai suivi.")
    field.fill(before + " Essai suivi par un laboratoire.")
    expect(page.locator("section.clash").first).to_be_visible(timeout=15_000)
    UNDO.append(
        lambda: type_and_wait(other, other.locator(f"#{field.get_attribute('id')}"), before)
    )


def type_and_wait(page, field, text):
    field.fill(text)
    field.blur()
    page.wait_for_timeout(3_000)
    expect(page.locator("[data-save-strip]")).to_have_attribute("data-state", "saved")


def revise_form(page):
    """A revision under way, abandoned after the picture."""
    page.locator("#outline").get_by_role("link", name=re.compile(INNOVATION)).click()
    page.get_by_label(re.compile("Nombre de mots|Mots au plus|mots")).first.fill("600")
    page.get_by_role("button", name="Enregistrer la question").click()
    page.get_by_role("link", name="Relire et publier les modifications").click()
    page.wait_for_load_state()
    UNDO.append(lambda: abandon(page))


def abandon(page):
    page.get_by_role("link", name="Continuer à préparer").click()
    page.locator("summary", has_text="Abandonner les modifications").click()
    page.get_by_role("button", name="Abandonner définitivement").click()
    page.wait_for_load_state()


def unfold(label: str) -> Steps:
    return lambda page: page.locator("summary", has_text=label).first.click()


def typed(label: str, text: str) -> Steps:
    """Written, never sent."""
    return lambda page: page.get_by_label(label).fill(text)


def tick(count: int) -> Steps:
    def show(page):
        for box in page.locator("input[name=dossier]").all()[:count]:
            box.check()

    return show


def press(label: str) -> Steps:
    return lambda page: page.get_by_role("button", name=label).first.click()


def write_request(page):
    page.get_by_label(re.compile("Message à l’entreprise")).fill(
        "Le dossier ne dit pas qui fait les essais au feu. Merci de le préciser."
    )
    page.locator("details.part").nth(1).locator("summary").click()
    row = page.locator(".asked-row").filter(has_text="En quoi votre").first
    row.locator("input[type=checkbox]").check()
    row.locator("input[type=text], input:not([type])").fill("Nommez le laboratoire d’essais.")


README = (
    Picture("public", "", at("/"), height=900),
    Picture("dossier", APPLICANT, draft()),
    Picture("instruction", OFFICER, at("/instruction/")),
    Picture("evaluation", EXPERT, at("/evaluations/", "Continuer|Évaluer|Commencer")),
    Picture("classement", MANAGER, call_page(REVIEWED, "^Classement"), height=900),
    Picture("repartition", MANAGER, at("/attributions/", "2025"), height=900),
    Picture("pilotage", MANAGER, at("/pilotage/"), height=900),
)

COMPANY_GUIDE = (
    Picture("eligibilite", "", then(at("/suis-je-eligible/"), ask_whether_eligible), height=1000),
    Picture("entreprise", APPLICANT, at("/entreprises/nouvelle/"), height=900),
    Picture("equipe", APPLICANT, at("/dossiers/", "^L’équipe"), height=900),
    Picture("confier", APPLICANT, then(draft(), unfold("Confier, marquer")), 460, ".steps"),
    Picture("section", APPLICANT, draft("Votre projet"), height=900),
    Picture("section-telephone", APPLICANT, draft("Votre projet"), height=800, width=PHONE),
    Picture(
        "hors-ligne", APPLICANT, then(draft("Votre marché"), write_without_network), height=620
    ),
    Picture(
        "deux-textes", APPLICANT, then(draft("Votre marché"), write_in_two_windows), 620,
        "section.clash",
    ),
    Picture("tableau", APPLICANT, draft("Budget et financement"), 640, "#div_id_budget"),
    Picture("pieces", APPLICANT, draft("Pièces jointes"), height=760),
    Picture("verifier", APPLICANT, draft("Vérifier et déposer"), height=900),
    Picture("suivi", APPLICANT, at("/dossiers/", READ), height=1000),
    Picture("suivi-telephone", APPLICANT, at("/dossiers/", READ), height=800, width=PHONE),
    Picture("accuse", APPLICANT, at("/dossiers/", READ, "^L’accusé de réception"), height=900),
    Picture(
        "echanges", APPLICANT,
        then(at("/dossiers/", READ, "^Échanges avec"), typed("Écrire au service", ASKED)),
        620,
    ),
    Picture("retirer", APPLICANT, at("/dossiers/", READ, "^Retirer ce dossier"), height=620),
)  # fmt: skip

OFFICER_GUIDE = (
    Picture("filtres", OFFICER, then(at("/instruction/?q=tous"), unfold("Filtrer")), 760),
    Picture("lot", OFFICER, then(at("/instruction/?q=tous"), tick(3)), 620, "#bulk"),
    Picture("instruire", OFFICER, at("/instruction/", RECEIVED), height=1000),
    Picture(
        "demander", OFFICER,
        then(at("/instruction/", RECEIVED, "^Demander des compléments"), write_request), 1100,
    ),
    Picture(
        "differences", OFFICER, at("/instruction/?q=tous+eaux", COMPARED, "Voir ce qui a changé"),
        760,
    ),
    Picture(
        "fil", OFFICER,
        then(
            at("/instruction/", RECEIVED, "^Échanges$"),
            typed("Écrire à l’entreprise", TOLD), typed("Nouvelle note", NOTED),
        ),
        1000,
    ),
    Picture("avis", OFFICER, at("/instruction/", RECEIVED, "^Échanges$", "^Demander un avis")),
    Picture("irrecevable", OFFICER, at("/instruction/", RECEIVED, "^Déclarer irrecevable"), 760),
    Picture("controles", MANAGER, call_page(CALL, "^Contrôles de recevabilité"), height=760),
    Picture("formulaire", MANAGER, call_page(CALL, "^Formulaire$"), height=1000),
    Picture("natures", MANAGER, call_page(CALL, "^Formulaire$", "^Ajouter une question")),
    Picture(
        "question", MANAGER, call_page(CALL, "^Formulaire$", INNOVATION),
        1100,
    ),
    Picture("publier", MANAGER, then(call_page(CALL, "^Formulaire$"), revise_form), 520),
    Picture("reconduire", MANAGER, call_page(CALL, "^Formulaire$", "^Reconduire cet appel"), 820),
)  # fmt: skip

# Tabs around a call under review hold these words.
POOL, LINKS, PLAN = "^Experts$", "^Liens d’intérêt$", "^Affectation$"
PROGRESS, FOLLOWING, FLAGS = "^Avancement$", "^Suivi$", "^Notes à relire$"

SELECTION_GUIDE = (
    Picture("vivier", OFFICER, call_page(REVIEWED, POOL), height=760),
    Picture("engagement", INVITED, at("/evaluations/", "^Lire l’engagement"), 900),
    Picture("profil-expert", EXPERT, at("/experts/profil/"), height=900),
    Picture("liens", OFFICER, call_page(REVIEWED, POOL, LINKS), height=760),
    Picture("lien", OFFICER, call_page(REVIEWED, POOL, LINKS, "^Régler|^Voir"), height=900),
    Picture("regles-affectation", OFFICER, call_page(REVIEWED, POOL, PLAN, "^Changer les règles")),
    Picture("avancement", OFFICER, call_page(REVIEWED, POOL, PROGRESS), height=860),
    Picture("relances", OFFICER, call_page(REVIEWED, POOL, FOLLOWING), height=860),
    Picture("bureau-expert", EXPERT, at("/evaluations/"), height=860),
    Picture("tableur", EXPERT, at("/evaluations/hors-connexion/"), height=520),
    Picture("a-relire", OFFICER, call_page(REVIEWED, POOL, FLAGS), height=620),
    Picture("methodes", MANAGER, call_page(REVIEWED, "^Classement", "^Selon chaque méthode"), 900),
    Picture("severite", MANAGER, call_page(REVIEWED, "^Classement", "^Sévérité"), height=760),
    Picture("equite", MANAGER, call_page(REVIEWED, "^Classement", "^Accord et équité"), 900),
    Picture("comite", MANAGER, at("/comites/", "."), height=900),
    Picture("menu-comite", EXPERT, at("/comites/"), height=420),
    Picture("retours", OFFICER, call_page(DECIDED, "^Retours|^Experts$", "^Retours$"), 760),
)

DECISION_GUIDE = (Picture("enveloppe", MANAGER, at("/enveloppes/", "2025"), height=1000),)

PICTURES = (*README, *COMPANY_GUIDE, *OFFICER_GUIDE, *SELECTION_GUIDE, *DECISION_GUIDE)


def main():
    options = arguments()
    wanted = [one for one in PICTURES if not options.only or one.name in options.only.split(",")]
    secrets = identities(options.seed)
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, CHROMIUM))),
            args=["--no-sandbox", "--disable-gpu", "--hide-scrollbars"],
        )
        signed_in = {}
        failed = [one for one in wanted if not taken(browser, one, options, secrets, signed_in)]
        browser.close()
    sys.exit(f"not taken: {', '.join(one.name for one in failed)}" if failed else 0)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    return parser.parse_args()


if __name__ == "__main__":
    main()
