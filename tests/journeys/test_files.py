"""Files dropped, chosen, replaced and refused, in a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import make_user
from tests.grants.dossiers.complete import PDF, make_draft
from tests.journeys.acts.hands import confirmed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIELD = "#div_id_business_plan"
DROP = """([field, names]) => {
  const given = new DataTransfer();
  for (const name of names) {
    given.items.add(new File(["%PDF-1.4\\n%%EOF\\n"], name, { type: "application/pdf" }));
  }
  const options = { bubbles: true, cancelable: true, dataTransfer: given };
  document.querySelector(`${field} [data-drop]`).dispatchEvent(new DragEvent("drop", options));
}"""


@pytest.fixture
def filing(window):
    """Somebody in front of the files of a dossier just begun."""
    author = confirmed(make_user(full_name="Ève Ruiz"))
    one = window("Ève")
    one.dossier = make_draft(author=author)
    one.sign_in(author).goto(reverse("dossiers:section", args=[one.dossier.pk, "pieces"]))
    return one


def pdf(name, content=PDF):
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def names(page):
    return page.locator(f"{FIELD} .files > li > a:first-child")


def chosen(page, files, inside="[data-drop]"):
    page.locator(f"{FIELD} {inside} input[type=file]").set_input_files(files)


def test_several_files_leave_at_once_and_the_refused_one_says_why(filing):
    page = filing.page
    chosen(page, [pdf("vide.pdf", b""), pdf("plan.pdf")])

    expect(names(page)).to_have_text(["plan.pdf"])
    expect(page.locator(f"{FIELD} .upload-refused")).to_have_text("vide.pdf — Ce fichier est vide.")
    expect(page.locator(f"{FIELD} progress")).to_have_count(0)
    expect(page.locator(f"{FIELD} .upload-taken")).to_have_text("« plan.pdf » est joint.")
    expect(page.locator("button", has_text="Joindre").first).to_be_hidden()
    assert filing.dossier.documents.count() == 1


def test_files_are_dropped_on_their_field(filing):
    page = filing.page
    page.evaluate(DROP, [FIELD, ["a.pdf", "b.pdf"]])

    expect(names(page)).to_have_text(["a.pdf", "b.pdf"])
    expect(page.locator(f"{FIELD} [data-drop]")).to_have_count(0)


def test_two_files_dropped_where_one_is_expected_are_both_answered_for(filing):
    page, only_one = filing.page, "#div_id_kbis"
    page.evaluate(DROP, [only_one, ["a.pdf", "b.pdf"]])

    expect(page.locator(f"{only_one} .upload-taken")).to_have_text("« a.pdf » est joint.")
    expect(page.locator(f"{only_one} .upload-refused")).to_contain_text("b.pdf — un seul fichier")
    expect(page.locator("[data-save-progress]")).to_have_text("2 réponses sur 28")
    # Nothing is left to choose here: the keyboard goes on from the file that was sent.
    expect(page.locator(f"{only_one} .files a").first).to_be_focused()


def test_a_file_is_replaced_in_place(filing):
    page = filing.page
    chosen(page, [pdf("avant.pdf")])
    page.locator(f"{FIELD} summary").click()

    chosen(page, [pdf("apres.pdf")], inside="details")

    expect(names(page)).to_have_text(["apres.pdf"])
    expect(page.locator(f"{FIELD} .files")).to_contain_text("version 2")


def test_a_file_joined_without_leaving_the_page_is_taken_out_again(filing):
    page = filing.page
    chosen(page, [pdf("plan.pdf")])
    expect(names(page)).to_have_text(["plan.pdf"])

    page.locator(f"{FIELD} button", has_text="Retirer").click()

    expect(names(page)).to_have_count(0)


def test_a_lost_connection_is_told_at_the_field(filing):
    page = filing.page
    with filing.expecting("lost: POST"):
        page.route(f"**/dossiers/{filing.dossier.pk}/pieces/", lambda route: route.abort())
        chosen(page, [pdf("plan.pdf")])
        refused = page.locator(f"{FIELD} .upload-refused")
        expect(refused).to_contain_text("vérifiez la connexion")


def test_without_a_script_one_button_sends_the_files(window):
    author = confirmed(make_user())
    dossier = make_draft(author=author)
    page = window("bare", java_script_enabled=False).sign_in(author)
    page.goto(reverse("dossiers:section", args=[dossier.pk, "pieces"]))
    chosen(page, [pdf("plan.pdf")])

    page.locator(f"{FIELD} button", has_text="Joindre").click()

    expect(names(page)).to_have_text(["plan.pdf"])


def test_a_file_chosen_before_the_page_listens_leaves_too(filing):
    page, held = filing.page, []
    page.route("**/js/upload*", lambda route: held.append(route))
    page.reload(wait_until="commit")
    page.locator(FIELD).wait_for()
    chosen(page, [pdf("plan.pdf")])
    held[0].continue_()

    expect(names(page)).to_have_text(["plan.pdf"])
    assert filing.dossier.documents.count() == 1
