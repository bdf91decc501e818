"""Two people, two windows, one dossier; and what happens when one of them loses the network."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import join, make_user
from tests.grants.dossiers.complete import make_draft
from tests.journeys.acts.applying import fill_row
from tests.journeys.acts.hands import confirmed, press, told
from tests.journeys.test_unlosable import FIELD, TEXT, stored, strip_says

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def two(window):
    """Ève and Paul in front of the same section."""
    eve, paul = confirmed(make_user(full_name="Ève Ruiz")), make_user(full_name="Paul Roux")
    dossier = make_draft(author=eve)
    join(paul, dossier.organisation)
    windows = []
    for person in (eve, paul):
        one = window(person.full_name)
        one.person, one.dossier = person, dossier
        one.address = reverse("dossiers:section", args=[dossier.pk, "entreprise"])
        one.sign_in(person).goto(one.address)
        windows.append(one)
    return windows


def test_a_text_without_network_survives_a_closed_window(two):
    eve, _paul = two
    with eve.expecting("lost: POST"), eve.forgiving("lost: GET"):
        eve.context.set_offline(True)
        eve.page.locator(FIELD).fill(TEXT)
        strip_says(eve.page, "offline")
        eve.page.close(run_before_unload=False)
        eve.context.set_offline(False)

    page = eve.page = eve.tab()
    page.goto(eve.address)

    expect(page.locator(FIELD)).to_have_value(TEXT)
    strip_says(page, "saved")
    assert stored(eve.dossier) == TEXT


def test_signing_out_warns_then_forgets_what_could_not_be_saved(two):
    eve, _paul = two
    page = eve.page
    with eve.forgiving("lost:"):
        sign_out_without_network(eve, page)


def sign_out_without_network(eve, page):
    eve.context.set_offline(True)
    page.locator(FIELD).fill(TEXT)
    strip_says(page, "offline")
    page.locator(".site-account summary").click()
    page.once("dialog", lambda dialog: dialog.dismiss())
    with page.expect_event("dialog") as asked:
        press(page, "Se déconnecter")
    assert "pas encore pu être enregistrées" in asked.value.message
    assert page.evaluate("Object.keys(localStorage).length") == 1

    page.evaluate("window.confirm = () => true")
    page.once("dialog", lambda dialog: dialog.accept())
    page.evaluate("document.querySelector('[data-sign-out]').addEventListener("
              "'submit', (event) => event.preventDefault())")  # fmt: skip
    page.evaluate("document.querySelector('[data-sign-out]').requestSubmit()")

    assert page.evaluate("Object.keys(localStorage).length") == 0
    eve.context.set_offline(False)
    strip_says(page, "saved")


def test_two_authors_of_one_text_see_both_with_the_words_that_differ(two):
    eve, paul = two
    paul.page.locator(FIELD).fill("Nous chauffons des serres.")
    strip_says(paul.page, "saved")

    with eve.expecting("409"):
        eve.page.locator(FIELD).fill("Nous chauffons des bureaux.")
        strip_says(eve.page, "conflict")
    told(eve.page, "Paul Roux a modifié cette réponse à")
    expect(eve.page.locator("[data-save-mine] mark")).to_have_text("bureaux")
    expect(eve.page.locator("[data-save-theirs] mark")).to_have_text("serres")

    eve.page.locator("#id_equity").fill("150 000")
    eve.page.locator("#id_capital").focus()
    expect(eve.page.locator("[data-save-text]")).to_contain_text("Enregistré à")
    assert stored(eve.dossier, "equity") == "150000.00"

    press(eve.page, "Mettre les deux dans le champ")
    strip_says(eve.page, "saved")
    assert stored(eve.dossier) == "Nous chauffons des bureaux.\n\nNous chauffons des serres."


def test_a_field_nobody_types_in_follows_and_who_is_where_is_shown(two):
    eve, paul = two
    paul.page.locator(FIELD).fill("Nous chauffons des serres.")
    strip_says(paul.page, "saved")

    expect(eve.page.locator(FIELD)).to_have_value("Nous chauffons des serres.")
    told(eve.page, "Paul Roux a modifié cette réponse à")
    expect(eve.page.locator("#div_id_activity .present-here")).to_have_text(
        "Paul Roux est sur cette réponse"
    )
    expect(eve.page.locator("[data-present]")).to_contain_text("Paul Roux est ici, sur «")

    eve.page.goto(reverse("dossiers:detail", args=[eve.dossier.pk]))
    told(eve.page, "Paul Roux y est.")


def test_rows_of_two_authors_meet_in_one_table(two):
    eve, paul = two
    address = reverse("dossiers:section", args=[eve.dossier.pk, "equipe"])
    # Ève has not heard of Paul's row when she types hers.
    eve.page.route(
        "**/presence/**",
        lambda route: route.fulfill(json={"now": "", "people": [], "changed": []}),
    )
    for one in two:
        one.page.goto(address)
    fill_row(paul.page, "team", 0, name="Paul Roux", share="20", role="Ingénieur")
    strip_says(paul.page, "saved")
    expect(paul.page.locator("[data-save-text]")).to_contain_text("Les personnes")
    paul.page.locator("#id_laboratory").focus()
    # With the keyboard, as people do: the focus follows its row wherever it goes.
    eve.page.locator("[name='team-0-name']").click()
    for text in ("Ève Ruiz", "Présidente", "", "80"):
        eve.page.keyboard.type(text, delay=20)
        eve.page.keyboard.press("Tab")
    eve.page.locator("#id_laboratory").focus()

    expect(eve.page.locator("[name='team-0-name']")).to_have_value("Paul Roux")
    expect(eve.page.locator("[name='team-1-role']")).to_have_value("Présidente")
    strip_says(eve.page, "saved")
    names = {row["name"] for row in stored(eve.dossier, "team")}
    assert names == {"Ève Ruiz", "Paul Roux"}


def test_signing_in_again_in_another_tab_is_enough(two):
    eve, paul = two
    paul.page.close()
    Session.objects.all().delete()
    with eve.expecting("401"):
        eve.page.locator(FIELD).fill(TEXT)
        strip_says(eve.page, "expired")

        eve.sign_in(eve.person)
        eve.page.evaluate("window.dispatchEvent(new Event('focus'))")

        strip_says(eve.page, "saved")
    assert stored(eve.dossier) == TEXT
