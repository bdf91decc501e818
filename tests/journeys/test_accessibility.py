"""Every main page of every role: axe, light and dark, wide and narrow; and without a script."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import make_user
from tests.grants.dossiers.complete import make_draft, make_ready
from tests.journeys.browser import PHONE, WIDE, overflow
from tests.journeys.readable import axe, pale
from tests.journeys.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


REFUSED = "?created_on=2021-01-01&department=00&size=large&situation=lost&duration_months=48"
WRONG = "?siret=12&eligible_base=1e5"


@pytest.fixture
def world():
    return World()


def looked_at(page, addresses):
    """Everything wrong on these pages, in both widths and both colour schemes."""
    wrong = []
    for address in addresses:
        page.set_viewport_size(WIDE)
        page.emulate_media(color_scheme="light")
        page.goto(address)
        wrong += axe(page)
        page.emulate_media(color_scheme="dark")
        wrong += [f"dark: {line}" for line in pale(page)]
        page.set_viewport_size(PHONE)
        wrong += [f"dark, phone: {line}" for line in axe(page)]
        if overflow(page) > 0:
            wrong.append(f"{address} is {overflow(page)} pixels wider than a phone")
    return wrong


def all_well(page, addresses):
    wrong = looked_at(page, addresses)
    assert not wrong, "\n".join(wrong)


def at(name, *args):
    return reverse(name, args=args)


def test_pages_open_to_everybody(window, world):
    call = world.open_call
    all_well(
        window("anonymous").page,
        [
            at("opendata:public"),
            at("opendata:awards"),
            at("opendata:eligibility"),
            at("opendata:eligibility") + REFUSED,
            at("opendata:eligibility") + WRONG,
            at("opendata:accessibility"),
            at("opendata:legal"),
            at("programmes:calls"),
            at("programmes:call", call.pk),
            at("programmes:programme", world.programme.pk),
            at("account_login"),
            at("account_signup"),
            at("account_reset_password"),
            at("notifications:mails"),
        ],
    )


@pytest.mark.long
def test_pages_of_an_applicant(window, world):
    draft, filed, award = world.draft, world.filed, world.award
    all_well(
        window("applicant").sign_in(world.applicant),
        [
            at("dossiers:list"),
            at("dossiers:detail", draft.pk),
            *(at("dossiers:section", draft.pk, key) for key in SECTIONS),
            at("dossiers:files", draft.pk),
            at("dossiers:check", draft.pk),
            at("dossiers:withdraw", draft.pk),
            at("tracking:dossier", draft.pk),
            at("tracking:dossier", filed.pk),
            at("tracking:dossier", filed.pk) + "?sens=received",
            at("tracking:dossier", award.dossier.pk),
            at("tracking:receipt", filed.pk, 1),
            at("dossiers:answers", filed.pk),
            at("decisions:decision", award.dossier.pk),
            at("organisations:new"),
            at("organisations:detail", world.company.pk),
            at("organisations:edit", world.company.pk),
            at("notifications:inbox"),
            at("people:profile"),
        ],
    )


def test_names_without_a_space_break_on_a_phone(window, world):
    filed = world.filed
    type(filed).objects.filter(pk=filed.pk).update(title="Anticonstitutionnellement" * 8)
    type(filed.organisation).objects.filter(pk=filed.organisation_id).update(name="x" * 200)
    page = window("applicant").sign_in(world.applicant)
    page.set_viewport_size(PHONE)

    for address in (
        at("dossiers:list"), at("tracking:dossier", filed.pk), at("dossiers:answers", filed.pk),
        at("tracking:receipt", filed.pk, 1), at("correspondence:thread", filed.pk),
    ):  # fmt: skip
        page.goto(address)
        assert overflow(page) <= 0, address


SECTIONS = ("entreprise", "projet", "equipe", "budget", "pieces")


def test_pages_of_an_officer(window, world):
    clerk, filed = world.clerk, world.filed
    all_well(
        window("officer").sign_in(clerk),
        [
            at("cockpit:home"),
            at("screening:queue"),
            at("screening:queue") + "?q=prix:3+tous",
            at("screening:attempts"),
            at("screening:lines", filed.call.pk),
            at("screening:versions", filed.pk),
            at("correspondence:thread", filed.pk),
            at("correspondence:ask_opinion", filed.pk),
            at("resemblance:dossier", filed.pk),
            at("screening:dossier", filed.pk),
            at("screening:ask_completion", filed.pk),
            at("screening:reject", filed.pk),
            at("dossiers:detail", filed.pk),
            at("experts:pool", filed.call.pk),
        ],
    )


def test_page_that_foretells_admissions(window, world):
    page = window("officer").sign_in(world.clerk)
    page.goto(at("screening:queue"))

    page.get_by_role("checkbox", name="Choisir").check()
    page.get_by_role("button", name="Déclarer recevables…").click()

    expect(page.locator("h1")).to_have_text("Déclarer plusieurs dossiers recevables")
    assert axe(page) == []


@pytest.mark.long
def test_pages_of_a_manager(window, world):
    reading, undeclared = world.reading, world.undeclared
    call = world.reviewing_call
    all_well(
        window("manager").sign_in(world.manager),
        [
            f"{at('cockpit:home')}?call={call.pk}",
            at("programmes:call", world.preparing_call.pk),
            at("programmes:new_call", world.programme.pk),
            at("programmes:edit_call", world.preparing_call.pk),
            at("programmes:criteria", world.preparing_call.pk),
            at("programmes:edit_programme", world.programme.pk),
            at("funding:envelopes"),
            at("funding:envelope", world.scene.envelope.pk),
            at("funding:endow", world.scene.envelope.pk),
            at("funding:part", world.scene.envelope.pk),
            at("funding:carry", world.scene.envelope.pk),
            at("funding:funders", world.programme.pk),
            at("funding:schedule", world.commitment.pk),
            at("experts:pool", call.pk),
            at("experts:import", call.pk),
            at("conflicts:links", call.pk),
            at("conflicts:link", world.link.pk),
            at("assignments:overview", call.pk),
            at("assignments:plan", call.pk),
            at("assignments:rules", call.pk),
            at("followup:call", call.pk),
            at("followup:chart", call.pk),
            at("assignments:change", undeclared.dossier.pk, undeclared.expert_id),
            at("assignments:dossier", undeclared.dossier.pk),
            at("evaluations:for_dossier", reading.assignment.dossier.pk),
            at("panels:ranking", call.pk),
            at("panels:methods", call.pk),
            at("panels:severity", call.pk),
            at("panels:fairness", call.pk),
            at("decisions:list"),
            at("decisions:studio", world.allocation.pk),
        ],
    )


def test_pages_of_a_reviewer(window, world):
    reading, handed_in, undeclared = world.reading, world.handed_in, world.undeclared
    all_well(
        window("reviewer").sign_in(world.expert.user),
        [
            at("evaluations:desk"),
            at("experts:profile"),
            at("experts:undertaking", world.reviewing_call.pk),
            at("evaluations:declare", undeclared.pk),
            at("evaluations:evaluate", reading.pk),
            at("evaluations:evaluate", handed_in.pk),
            at("evaluations:offline"),
        ],
    )


def test_the_first_key_shows_the_way_to_the_content(window, world):
    page = window("keyboard").page
    page.goto(at("programmes:calls"))

    page.keyboard.press("Tab")

    skip = page.get_by_role("link", name="Aller au contenu")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_a_section_is_filled_and_saved_without_a_script(window):
    author = make_user()
    dossier = make_draft(author=author)
    page = window("bare", java_script_enabled=False).sign_in(author)
    page.goto(at("dossiers:section", dossier.pk, "equipe"))

    page.locator("[name='team-0-name']").fill("Ève Ruiz")
    page.locator("[name='team-0-role']").fill("Présidente")
    page.locator("[name='team-0-share']").fill("100")
    page.locator("#div_id_laboratory textarea").fill("LAAS-CNRS à Toulouse.")
    page.get_by_role("button", name="Enregistrer et continuer").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Budget et financement")
    assert dossier.answers.get(key="laboratory").value == "LAAS-CNRS à Toulouse."
    assert dossier.answers.get(key="team").value[0]["name"] == "Ève Ruiz"


def test_a_dossier_is_handed_in_without_a_script(window):
    author = make_user()
    dossier = make_ready(author=author)
    page = window("bare", java_script_enabled=False).sign_in(author)
    page.goto(at("dossiers:check", dossier.pk))

    page.get_by_role("button", name="Déposer le dossier").click()

    expect(page.get_by_text("Votre dossier est déposé.")).to_be_visible()
    assert dossier.submissions.count() == 1


def test_an_evaluation_is_scored_and_handed_in_without_a_script(window, world):
    evaluation = world.reading
    page = window("bare", java_script_enabled=False).sign_in(world.expert.user)
    page.goto(at("evaluations:evaluate", evaluation.pk))

    for line in page.locator("[data-weight]").all():
        line.locator("label", has_text="4").click()
        line.locator("textarea").fill("Preuves lues dans le dossier.")
    page.get_by_label("Points forts").fill("Essais mesurés.")
    page.get_by_label("Points faibles").fill("Calendrier serré.")
    page.locator("input[name=confidence]").last.check()
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.get_by_text("Votre brouillon est enregistré.")).to_be_visible()
    page.get_by_role("button", name="Remettre l’évaluation").click()

    expect(page.get_by_text("est remise.")).to_be_visible()
    evaluation.refresh_from_db()
    assert evaluation.state == "submitted"
    assert set(evaluation.scores.values_list("value", flat=True)) == {4}
