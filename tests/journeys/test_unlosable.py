"""What has been typed is never lost: not to time, not to the network, not to another tab."""

from time import monotonic, sleep

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import make_user
from tests.grants.dossiers.complete import make_draft, make_ready
from tests.journeys.acts.applying import answer, fill_row, receipt_of
from tests.journeys.acts.hands import PATIENCE, confirmed, headed, press, told

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "Nous chauffons des bâtiments avec l’eau des étangs."
FIELD = "#div_id_activity textarea"


@pytest.fixture
def author():
    return confirmed(make_user(full_name="Ève Ruiz"))


@pytest.fixture
def writing(window, author):
    """Somebody in front of the first section of a dossier just begun."""
    one = window("Ève")
    one.dossier = make_draft(author=author)
    one.address = reverse("dossiers:section", args=[one.dossier.pk, "entreprise"])
    one.sign_in(author).goto(one.address)
    return one


def strip_says(page, state, **options):
    expect(page.locator("[data-save-strip]")).to_have_attribute("data-state", state, **options)


def stored(dossier, key="activity"):
    return dossier.answers.get(key=key).value


def test_a_text_is_saved_within_two_seconds_of_the_last_key(writing):
    page = writing.page
    page.clock.install()
    page.reload()
    page.clock.pause_at("2100-01-01")
    page.locator(FIELD).press_sequentially(TEXT)
    strip_says(page, "new")

    page.clock.run_for(2_000)
    strip_says(page, "saved")

    assert stored(writing.dossier) == TEXT
    page.reload()
    expect(page.locator(FIELD)).to_have_value(TEXT)


def test_a_key_struck_while_an_answer_arrives_does_not_clash_with_oneself(writing):
    page = writing.page
    page.evaluate(
        "() => {"
        "  const read = Response.prototype.json;"
        "  Response.prototype.json = async function () {"
        "    await new Promise((go) => setTimeout(go, 2000));"
        "    return read.call(this);"
        "  };"
        "}"
    )
    with page.expect_response("**/enregistrer/**"):
        page.locator(FIELD).fill("Un début.")

    with page.expect_response("**/enregistrer/**") as second:
        page.locator(FIELD).fill(TEXT)

    assert second.value.ok
    assert stored(writing.dossier) == TEXT


def test_the_button_stays_under_the_hand_while_the_strip_tells_of_a_save(writing):
    page = writing.page
    page.goto(reverse("dossiers:section", args=[writing.dossier.pk, "impact"]))
    # The strip names this long question, then only says that it is saving.
    answer(page, "impact", TEXT)
    strip_says(page, "saved")
    answer(page, "jobs", "8")

    press(page, "Enregistrer et continuer")

    headed(page, "Équipe")
    assert stored(writing.dossier, "jobs") == 8


def test_an_expired_session_keeps_the_text_and_gives_it_back_after_signing_in(writing, author):
    page = writing.page
    Session.objects.all().delete()
    # Who else is there may be asked once more: refused as well, until the page is left.
    with writing.expecting("401"):
        page.locator(FIELD).fill(TEXT)
        strip_says(page, "expired")
        told(page, "Votre session a expiré.")
        expect(page.locator(FIELD)).to_have_value(TEXT)
        page.get_by_role("link", name="Se reconnecter").click()
        headed(page, "Se connecter")

    page.get_by_label("Adresse électronique").fill(author.email)
    page.get_by_label("Mot de passe").fill("un long mot de passe")
    press(page, "Se connecter")

    expect(page.locator(FIELD)).to_have_value(TEXT)
    strip_says(page, "saved")
    assert stored(writing.dossier) == TEXT


def test_without_a_network_the_text_waits_and_leaves_when_it_is_back(writing):
    page = writing.page
    with writing.expecting("lost: POST"), writing.forgiving("lost: GET"):
        writing.context.set_offline(True)
        page.locator(FIELD).fill(TEXT)
        strip_says(page, "offline")
        told(page, "Pas de connexion")
        assert not writing.dossier.answers.filter(key="activity").exists()

        writing.context.set_offline(False)

        strip_says(page, "saved")
    assert stored(writing.dossier) == TEXT


def test_a_second_tab_is_told_of_the_first_and_loses_neither_text(writing):
    first, second = writing.page, writing.tab()
    second.goto(writing.address)
    first.locator(FIELD).fill("Texte du premier onglet.")
    strip_says(first, "saved")

    with writing.expecting("409"):
        second.locator(FIELD).fill("Texte du second onglet.")
        strip_says(second, "conflict")
    expect(second.locator("[data-save-mine]")).to_have_text("Texte du second onglet.")
    expect(second.locator("[data-save-theirs]")).to_have_text("Texte du premier onglet.")
    assert stored(writing.dossier) == "Texte du premier onglet."

    press(second, "Garder mon texte")
    strip_says(second, "saved")
    first.reload()
    expect(first.locator(FIELD)).to_have_value("Texte du second onglet.")


def test_words_typed_just_before_leaving_are_not_left_behind(writing):
    page = writing.page
    page.locator(FIELD).press_sequentially(TEXT)

    page.goto(reverse("dossiers:list"))
    page.goto(writing.address)

    expect(page.locator(FIELD)).to_have_value(TEXT)
    strip_says(page, "saved")
    assert stored(writing.dossier) == TEXT


def test_a_choice_is_saved_like_a_text(writing):
    answer(writing.page, "group", "false")

    strip_says(writing.page, "saved")
    assert stored(writing.dossier, "group") is False


def test_rows_typed_just_before_reloading_come_back_and_are_saved(writing):
    page = writing.page
    page.goto(reverse("dossiers:section", args=[writing.dossier.pk, "equipe"]))
    fill_row(page, "team", 0, name="Ève Ruiz", share="100", role="Présidente")
    press(page, "Ajouter une ligne")
    fill_row(page, "team", 1, name="Paul Sol", share="80", role="Ingénieur")

    # The save under way may arrive first: the page then finds its own text and goes on.
    with writing.forgiving("409"):
        page.reload()

        expect(page.locator("[name='team-0-role']")).to_have_value("Présidente")
        expect(page.locator("[name='team-1-role']")).to_have_value("Ingénieur")
        strip_says(page, "saved")
    assert [row["role"] for row in stored(writing.dossier, "team")] == ["Présidente", "Ingénieur"]


SLOW_ANSWERS = """() => {
  const fast = window.fetch;
  window.fetch = async (...sent) => {
    const answer = await fast(...sent);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return answer;
  };
}"""


def test_a_form_waits_for_the_save_under_way_and_clashes_with_nobody(writing):
    page = writing.page
    page.evaluate(SLOW_ANSWERS)
    with page.expect_response("**/enregistrer/**"):
        page.locator(FIELD).fill("Un premier jet.")
        page.locator("#id_equity").focus()
    page.locator(FIELD).fill(TEXT)

    press(page, "Enregistrer et continuer")

    expect(page.get_by_role("heading", level=1)).to_have_text("Votre projet")
    assert stored(writing.dossier) == TEXT


def test_two_presses_hand_in_once_and_the_receipt_never_changes(window, author):
    dossier = make_ready(author=author)
    page = window("Ève").sign_in(author)
    page.goto(reverse("dossiers:check", args=[dossier.pk]))

    page.get_by_role("button", name="Déposer le dossier").dblclick()
    told(page, "Votre dossier est déposé.")

    submission = dossier.submissions.get()
    receipts = [receipt_of(page, 1) for _ in range(2)]
    assert receipts[0] == receipts[1]
    assert submission.sha256 in "".join(receipts[0].split())


def test_an_answer_typed_just_before_leaving_does_not_wait_for_the_one_under_way(writing):
    page = writing.page
    page.evaluate(
        "() => { const real = window.fetch; let asked = 0;"
        "window.fetch = (...all) => asked++ ? real(...all) : new Promise(() => {}); }"
    )
    answer(page, "equity", "150 000")
    page.locator("#id_capital").focus()
    strip_says(page, "saving")
    answer(page, "capital", "50 000")

    page.goto(reverse("dossiers:list"))

    wait_until(lambda: has(writing.dossier, "capital", "50000.00"))


def test_what_waits_in_the_browser_leaves_from_the_task_list(writing):
    page = offline_then_back(writing)

    page.goto(reverse("dossiers:detail", args=[writing.dossier.pk]))

    wait_until(lambda: has(writing.dossier, "activity", TEXT))
    expect(page.locator("[data-unsent]")).to_be_hidden()
    page.wait_for_function("Object.keys(localStorage).length === 0")


def test_what_waits_and_clashes_is_told_with_its_section(writing):
    page = offline_then_back(writing)
    writing.dossier.answers.update_or_create(
        key="activity",
        defaults={"value": "Autre", "version": 7, "saved_by": writing.dossier.author},
    )

    with writing.expecting("409"):
        page.goto(reverse("dossiers:check", args=[writing.dossier.pk]))
        told(page, "Des réponses attendent dans ce navigateur")
    page.locator("[data-unsent]").get_by_role("link", name="Votre entreprise").click()
    with writing.expecting("409"):
        told(page, "Garder mon texte")
    assert stored(writing.dossier) == "Autre"


def offline_then_back(writing):
    page = writing.page
    with writing.expecting("lost: POST"), writing.forgiving("lost: GET"):
        writing.context.set_offline(True)
        page.locator(FIELD).fill(TEXT)
        strip_says(page, "offline")
        page.close(run_before_unload=False)
        writing.context.set_offline(False)
    writing.page = writing.tab()
    return writing.page


def has(dossier, key, value):
    return dossier.answers.filter(key=key, value=value).exists()


def wait_until(happens):
    limit = monotonic() + PATIENCE
    while not happens():
        assert monotonic() < limit
        sleep(0.05)
