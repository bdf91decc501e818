"""The queue with a preview beside it, in a real browser: keys, plain links, a phone."""

import pytest
from playwright.sync_api import expect

from grants.screening import operations
from tests.factories import make_call, make_dossier, make_programme, make_staff
from tests.journeys.browser import PHONE
from tests.journeys.readable import axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUEUE = "/instruction/?q=état:déposé"
TITLE = "#digest-title"


@pytest.fixture
def queue():
    """Three dossiers and the officer who reads them with the preview."""
    call = make_call(make_programme())
    for title in ("Premier", "Deuxième", "Troisième"):
        make_dossier(call=call, state="submitted", title=title)
    officer = make_staff(call.programme)
    operations.choose_pane(True, actor=officer)
    return officer


def test_keys_go_through_the_list_and_open_the_dossier(window, queue):
    page = window("officer").sign_in(queue)
    page.goto(QUEUE)
    expect(page.locator("[data-keys]")).to_be_visible()

    for key, title in [("j", "Premier"), ("j", "Deuxième"), ("ArrowDown", "Troisième"),
                       ("j", "Troisième"), ("ArrowUp", "Deuxième"), ("k", "Premier")]:  # fmt: skip
        page.keyboard.press(key)
        expect(page.locator(TITLE)).to_have_text(title)
        expect(page.locator("tr.is-current a.only-wide")).to_have_text(title)
    assert "&vu=" in page.url
    assert axe(page) == []
    page.reload()
    expect(page.locator(TITLE)).to_have_text("Premier")

    page.keyboard.press("o")
    expect(page.locator("h1")).to_have_text("Premier")


def test_typing_in_the_search_moves_nothing(window, queue):
    page = window("officer").sign_in(queue)
    page.goto(QUEUE)

    page.locator("#filters-query").fill("")
    page.keyboard.type("jko")

    expect(page.locator("#filters-query")).to_have_value("jko")
    expect(page.locator(TITLE)).to_have_count(0)


def test_links_do_the_same_without_a_script(window, queue):
    page = window("officer", java_script_enabled=False).sign_in(queue)
    page.goto(QUEUE)

    page.get_by_role("link", name="Deuxième").click()
    expect(page.locator(TITLE)).to_have_text("Deuxième")
    page.get_by_role("link", name="Ouvrir le dossier").click()

    expect(page.locator("h1")).to_have_text("Deuxième")


def test_on_a_phone_the_link_opens_the_dossier(window, queue):
    page = window("officer", viewport=PHONE).sign_in(queue)
    page.goto(QUEUE)
    expect(page.locator("#pane")).to_be_hidden()

    page.get_by_role("link", name="Troisième").click()

    expect(page.locator("h1")).to_have_text("Troisième")
