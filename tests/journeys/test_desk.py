"""The reviewer's desk: by keyboard alone, without a network, in two tabs, on a spreadsheet."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from reviews.evaluations.grid import fields_of
from tests.journeys.acts.hands import confirmed, press, told
from tests.journeys.test_unlosable import strip_says
from tests.reviews.evaluations.test_dossier_pane import with_file
from tests.reviews.evaluations.test_offline import filled, sheet_rows, xlsx_of
from tests.reviews.evaluations.test_operations import names

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "Une avance réelle, mesurée en laboratoire."
STRENGTHS = "#strengths"


@pytest.fixture
def reading(window):
    """A reviewer in front of a dossier handed in with a PDF."""
    evaluation, _document = with_file()
    one = window("Ingrid")
    one.evaluation = evaluation
    one.person = confirmed(evaluation.assignment.expert.user)
    one.address = reverse("evaluations:evaluate", args=[evaluation.pk])
    one.sign_in(one.person).goto(one.address)
    return one


def text_of(evaluation, name):
    evaluation.refresh_from_db()
    return fields_of(evaluation)[name].text


def test_a_whole_evaluation_is_written_without_a_mouse(reading):
    page, keys = reading.page, reading.page.keyboard
    innovation, comment, impact = names(reading.evaluation)

    keys.press("j")
    keys.press("4")
    keys.press("c")
    keys.type(TEXT)
    keys.press("Escape")
    keys.press("j")
    keys.press("2")

    expect(page.locator("[data-verdict]")).to_have_text("Au-dessus du minimum de 2,5.")
    expect(page.locator("[data-total]")).to_have_text("3,20")
    strip_says(page, "saved")
    kept = [text_of(reading.evaluation, name) for name in (innovation, comment, impact)]
    assert kept == ["4", TEXT, "2"]


def test_words_of_the_dossier_are_found_whatever_their_accents(reading):
    page, keys = reading.page, reading.page.keyboard

    keys.press("/")
    keys.type("hydrogene")

    expect(page.locator("[data-find-count]")).to_have_text("1 sur 1")
    keys.press("Escape")
    expect(page.locator("[data-find-count]")).to_have_text("")
    keys.press("n")
    expect(page.locator("#section-projet")).to_be_focused()


def test_single_keys_can_be_turned_off(reading):
    page, keys = reading.page, reading.page.keyboard
    keys.press("?")
    page.get_by_label("Raccourcis d’une seule touche actifs").uncheck()
    page.reload()

    keys.press("/")

    expect(page.locator("#find")).not_to_be_focused()


def test_a_file_is_looked_at_beside_the_grid(reading):
    page = reading.page
    look = page.get_by_role("button", name="Aperçu")

    look.press("Enter")

    expect(page.locator(".preview iframe")).to_have_attribute("title", "comptes.pdf")
    expect(look).to_have_attribute("aria-expanded", "true")
    look.press("Escape")
    expect(page.locator(".preview")).to_have_count(0)


def test_a_text_typed_without_a_network_leaves_from_the_desk(reading):
    page = reading.page
    with reading.expecting("lost: POST"), reading.forgiving("lost: GET"):
        reading.context.set_offline(True)
        page.locator(STRENGTHS).fill(TEXT)
        strip_says(page, "offline")
        page.close(run_before_unload=False)
        reading.context.set_offline(False)

    page = reading.page = reading.tab()
    with page.expect_response("**/champ/"):
        page.goto(reverse("evaluations:desk"))

    assert text_of(reading.evaluation, "strengths") == TEXT


def test_an_expired_session_keeps_the_text_of_the_grid(reading):
    page = reading.page
    Session.objects.all().delete()
    with reading.expecting("401"):
        page.locator(STRENGTHS).fill(TEXT)
        strip_says(page, "expired")

    page.get_by_role("link", name="Se reconnecter").click()
    page.get_by_label("Adresse électronique").fill(reading.person.email)
    page.get_by_label("Mot de passe").fill("un long mot de passe")
    press(page, "Se connecter")

    expect(page.locator(STRENGTHS)).to_have_value(TEXT)
    strip_says(page, "saved")
    assert text_of(reading.evaluation, "strengths") == TEXT


def test_two_tabs_show_both_texts(reading):
    first, second = reading.page, reading.tab()
    second.goto(reading.address)
    first.locator(STRENGTHS).fill("Premier.")
    strip_says(first, "saved")

    with reading.expecting("409"):
        second.locator(STRENGTHS).fill("Second.")
        strip_says(second, "conflict")
    second.get_by_role("button", name="Mettre les deux dans le champ").click()

    strip_says(second, "saved")
    assert text_of(reading.evaluation, "strengths") == "Second.\n\nPremier."


def test_a_spreadsheet_goes_and_comes_back(reading, tmp_path):
    page = reading.page
    page.goto(reverse("evaluations:offline"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger le tableur (XLSX)").click()
    rows = sheet_rows(download.value.path().read_bytes())
    file = tmp_path / "evaluations.xlsx"
    file.write_bytes(xlsx_of(filled(rows, Innovation={3: "4", 4: TEXT}, Impact={3: "9"})))

    page.get_by_label("Le fichier rempli").set_input_files(file)
    press(page, "Voir les différences")
    expect(page.get_by_text("Choisissez une note entière de 0 à 5.")).to_be_visible()
    press(page, "Enregistrer les cellules cochées")

    told(page, "2 cellules sont enregistrées")
    innovation, comment, impact = names(reading.evaluation)
    assert [text_of(reading.evaluation, name) for name in (innovation, comment, impact)] == [
        "4", TEXT, "",
    ]  # fmt: skip
