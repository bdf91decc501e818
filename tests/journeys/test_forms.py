"""A form is built and revised without code, and answered while it changes."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from grants.formbuilder.answers import is_refused
from grants.programmes.states import Role
from tests.factories import make_staff, make_user
from tests.grants.dossiers.complete import make_draft, make_standard_call
from tests.grants.formbuilder.scene import keys, stored
from tests.journeys.acts.applying import answer, fill_row, saved
from tests.journeys.acts.hands import PATIENCE, confirmed, follow, press, told
from tests.journeys.test_accessibility import all_well

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def call():
    call = make_standard_call()
    call.manager = confirmed(make_staff(call.programme, Role.MANAGER))
    return call


@pytest.fixture
def draft(call):
    return make_draft(call=call, author=confirmed(make_user(full_name="Ève Ruiz")))


def at(name, *args):
    return reverse(name, args=args)


def when_stored(page, dossier, key, is_right):
    """Wait for the save itself: the strip may still speak of the one before."""
    for _n in range(10 * PATIENCE):
        answered = dossier.answers.filter(key=key).first()
        if answered and not is_refused(answered.value) and is_right(answered.value):
            return saved(page)
        page.wait_for_timeout(100)
    raise AssertionError(f"{key} is not stored")


def test_a_question_appears_with_its_condition_and_its_answer_survives_hiding(window, draft):
    page = window("Ève").sign_in(draft.author)
    page.goto(at("dossiers:section", draft.pk, "aides"))
    aids = page.locator("#div_id_aids")
    expect(aids).to_be_hidden()

    answer(page, "aided", "true")
    expect(aids).to_be_visible()
    fill_row(page, "aids", 0, granted_on="2026-03-01", funder="ADEME", amount="12 000",
             regime="de_minimis")  # fmt: skip
    when_stored(page, draft, "aids", lambda rows: rows[0]["regime"] == "de_minimis")
    answer(page, "aided", "false")
    expect(aids).to_be_hidden()
    when_stored(page, draft, "aided", lambda value: value is False)
    page.reload()
    expect(page.locator("#div_id_aids")).to_be_hidden()
    answer(page, "aided", "true")

    expect(page.locator("[name='aids-0-funder']")).to_have_value("ADEME")


def test_a_computed_value_follows_the_keys(window, draft):
    page = window("Ève").sign_in(draft.author)
    page.goto(at("dossiers:section", draft.pk, "budget"))
    share, gap = page.locator("#id_aid_share"), page.locator("#id_financing_gap")
    expect(share).to_have_text("—")

    answer(page, "eligible_base", "90 000")
    answer(page, "requested", "30 000,00")
    fill_row(page, "budget", 0, item="Prototype", nature="supplies", amount="90 000")
    fill_row(page, "financing", 0, source="Région", nature="public", amount="30 000",
             secured="false")  # fmt: skip

    expect(share).to_have_text("33,3\u202f%")
    expect(gap).to_have_text("−60\u202f000\u202f€")
    answer(page, "requested", "1e5")
    expect(share).to_have_text("—")


def test_a_manager_builds_previews_and_publishes_and_the_applicant_is_told(window, call, draft):
    page = window("Isabelle").sign_in(call.manager)
    page.goto(at("formbuilder:form", call.pk))
    page.get_by_role("link", name="Ajouter une question à « Aides").click()
    page.get_by_label("Montant en euros").check()
    press(page, "Continuer")
    page.get_by_label("Question", exact=False).first.fill("Total des aides attendues")
    page.locator("[name='condition-0-question']").select_option("aided")
    page.locator("[name='condition-0-is']").select_option("equals")
    page.locator("[name='condition-0-value']").fill("oui")
    press(page, "Enregistrer la question")
    told(page, "« Total des aides attendues » est enregistrée.")
    key = "total_des_aides_attendues"

    page.locator(f"#up-{key}").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#line-{key} + li")).to_contain_text("Je certifie")
    expect(page.locator(f"#up-{key}")).to_be_focused()
    assert keys(call)["aides"] == ["aided", "aids", key, "commitment"]

    follow(page, "Aperçu")
    expect(page.locator(f"#div_id_{key}")).to_be_hidden()
    answer(page, "aided", "true")
    expect(page.locator(f"#div_id_{key}")).to_be_visible()
    follow(page, "Revenir au formulaire")
    follow(page, "Relire et publier les modifications")
    told(page, "Un brouillon passera à cette version")
    press(page, "Publier le formulaire")
    told(page, "Le formulaire révisé est publié.")

    page = window("Ève").sign_in(draft.author)
    page.goto(draft.get_absolute_url())
    told(page, "Le formulaire a changé")
    told(page, "Total des aides attendues")
    press(page, "J’ai lu ces changements")
    expect(page.locator("#form-changed")).to_have_count(0)


def test_a_form_is_built_without_a_script(window, call):
    page = window("bare", java_script_enabled=False).sign_in(call.manager)
    page.goto(at("formbuilder:new_question", call.pk) + "?kind=one_of&section=impact")
    page.locator("[name=label]").fill("Quel effet d’abord ?")
    page.locator("[name='choices-0-label']").fill("Climat")
    page.locator("[name='choices-1-label']").fill("Santé")
    page.get_by_role("button", name="Enregistrer la question").click()

    key = "quel_effet_dabord"
    assert stored(call, key)["choices"] == [["climat", "Climat"], ["sante", "Santé"]]
    page.locator(f"#up-{key}").click()
    assert keys(call)["impact"] == ["impact", key, "jobs"]
    page.goto(at("formbuilder:question", call.pk, key))
    page.get_by_text("Retirer du formulaire").click()
    page.get_by_role("button", name="Retirer", exact=True).click()
    assert keys(call)["impact"] == ["impact", "jobs"]


def test_choices_change_places(window, call):
    page = window("Isabelle").sign_in(call.manager)
    page.goto(at("formbuilder:question", call.pk, "stage"))
    page.locator("[name='choices-1-label'] >> xpath=ancestor::tr").get_by_role(
        "button", name="Monter cette ligne"
    ).click()
    press(page, "Enregistrer la question")

    assert [key for key, _label in stored(call, "stage")["choices"]] == [
        "preseries",
        "mvp",
        "launch",
    ]


def test_hidden_questions_are_told_in_words_without_a_script(window, draft):
    page = window("bare", java_script_enabled=False).sign_in(draft.author)
    page.goto(at("dossiers:section", draft.pk, "aides"))

    expect(page.locator("#div_id_aids")).to_be_visible()
    expect(page.get_by_text("À remplir si")).to_be_visible()


def test_pages_of_the_form_are_accessible(window, call, draft):
    page = window("Isabelle").sign_in(call.manager)
    pages = [
        at("formbuilder:form", call.pk),
        at("formbuilder:new_question", call.pk),
        at("formbuilder:new_question", call.pk) + "?kind=computed&section=pieces",
        at("formbuilder:question", call.pk, "budget"),
        at("formbuilder:question", call.pk, "aids"),
        at("formbuilder:section", call.pk, "budget"),
        at("formbuilder:preview", call.pk),
        at("formbuilder:versions", call.pk),
        at("formbuilder:clone", call.pk),
    ]
    all_well(page, pages)
