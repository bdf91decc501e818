"""Around the readings: the pool told of its ties, links settled, dossiers handed out again,
a spreadsheet filled in, marks read again, an order looked at."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from reviews.assignments.models import Assignment
from reviews.evaluations import operations
from reviews.evaluations.workbook import CRITERION, MARK, ROW, TEXT
from tests.journeys.acts.hands import fill, follow, headed, press, told
from tests.reviews.evaluations.test_offline import sheet_rows, xlsx_of

CELL = re.compile(r"\d+(?:,\d+)?")


def tell_tie(page, *, name, kind, siren):
    """A line of the profile: a company somebody is or was bound to."""
    page.locator("[name=ties-0-name]").fill(name)
    page.locator("[name=ties-0-kind]").select_option(kind)
    page.locator("[name=ties-0-siren]").fill(siren)
    press(page, "Enregistrer mon profil")
    told(page, "Votre profil est à jour.")


def look_for_links(page):
    follow(page, "Liens d’intérêt")
    press(page, "Chercher maintenant")
    headed(page, "Liens d’intérêt")


def settle_link(page, expert, *, outcome, reason, answer):
    follow(page, re.compile(f"^Régler : {expert}"))
    page.get_by_label(re.compile(rf"^\s*{outcome}")).check()
    fill(page, {"Pourquoi": reason})
    press(page, "Enregistrer la décision")
    told(page, answer)


def hand_out(page, *, count):
    follow(page, "Affectation")
    headed(page, "Proposition d’affectation")
    tile = page.locator(".tile").filter(has_text="Lectures à confier")
    expect(tile).to_contain_text(str(count))
    press(page, "Confier ces dossiers")
    told(page, f"{count} lecture{'s sont confiées' if count > 1 else ' est confiée'}")


def declare(page, answer):
    """The title of the dossier just declared on."""
    follow(page, "Déclarer mes liens, puis évaluer")
    title = page.locator("dl.facts dd").first.inner_text()
    page.get_by_label(answer).check()
    press(page, "Enregistrer ma déclaration")
    return title


def declare_quietly(expert):
    """The same form, dossier after dossier: told in one go."""
    for one in Assignment.objects.active().filter(expert=expert).select_related("dossier__call"):
        operations.declare(one, kind="none", actor=expert.user)


def take_sheet(page):
    """The rows of the spreadsheet as its reader downloads it."""
    follow(page, "Travailler hors connexion, dans un tableur")
    with page.expect_download() as caught:
        follow(page, "Télécharger le tableur (XLSX)")
    return sheet_rows(caught.value.path().read_bytes())


def fill_sheet(rows, marks):
    """`marks` holds those of each evaluation, by its key, in the order of the criteria."""
    left = {key: list(given) for key, given in marks.items()}
    for row in rows[1:]:
        evaluation = int(row[ROW].partition("-")[0])
        if row[CRITERION] == "Mon assurance":
            row[MARK] = "3"
        elif row[CRITERION].startswith("Points"):
            row[TEXT] = "Écrit dans le train."
        else:
            row[MARK], row[TEXT] = str(left[evaluation].pop(0)), "Preuves lues."
    return xlsx_of(rows)


def bring_sheet_back(page, content, *, cells, folder):
    file = folder / "evaluations.xlsx"
    file.write_bytes(content)
    page.get_by_label("Le fichier rempli").set_input_files(file)
    press(page, "Voir les différences")
    told(page, f"{cells} cellules diffèrent de ce qui est enregistré.")
    press(page, "Enregistrer les cellules cochées")
    told(page, f"{cells} cellules sont enregistrées dans vos brouillons.")


def hand_in_next(page):
    follow(page, "Continuer l’évaluation")
    press(page, "Remettre l’évaluation")
    told(page, "est remise.")


def read_again(page, title):
    """From the desk to the difference under one’s marks."""
    page.goto(reverse("evaluations:desk"))
    page.locator("#a-relire").get_by_role("link", name=title).click()
    headed(page, "a été complété")


def confirm(page):
    press(page, "Confirmer ma note")
    told(page, "Vous n’avez plus rien à relire")


def revise(page, *, mark, because):
    page.locator("summary", has_text="Revoir ma note").click()
    # The number one clicks covers the button it stands for.
    page.locator("fieldset.scores label").filter(has_text=str(mark)).click()
    fill(page, {"Pourquoi cette note": because})
    press(page, "Enregistrer la note revue")
    told(page, "Vous n’avez plus rien à relire")


def freeze(page):
    page.locator("summary", has_text="Arrêter le classement").click()
    page.get_by_role("dialog").get_by_role("button", name="Arrêter le classement").click()


def uncertain_rows(page):
    """Of each line: corrected mark, interval, expected rank, chance in hundred, zone."""
    found = []
    for row in page.locator("main table tbody tr").all():
        cells = row.locator("td").all_inner_texts()
        score, low, high = numbers(cells[3])
        found.append((score, low, high, *numbers(cells[4]), numbers(cells[5])[0],
                      row.get_attribute("data-zone")))  # fmt: skip
    return found


def numbers(text):
    return [float(one.replace(",", ".")) for one in CELL.findall(text)]
