"""The pages of an evaluation, from its phases to what candidates are told: axe, both widths."""

import pytest

from grants.programmes.states import Role
from tests.factories import make_assignment, make_evaluation, make_phase, make_staff
from tests.journeys.browser import PHONE, overflow
from tests.journeys.readable import axe
from tests.journeys.test_accessibility import all_well, at
from tests.journeys.world import World
from tests.reviews.committees.scene import Room
from tests.reviews.evaluations.stale_scene import Scene
from tests.reviews.feedback.scene import Round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ENDLESS = "Anticonstitutionnellement" * 6


@pytest.fixture
def world():
    return World()


def test_pages_that_set_an_evaluation_up(window, world):
    call, opened = world.reviewing_call, world.preparing_call
    reading = world.reading
    make_phase(call, may_score=True, sees_others=True)
    all_well(
        window("manager").sign_in(world.manager),
        [
            at("phases:call", opened.pk),
            at("phases:call", call.pk),
            at("experts:pool", opened.pk),
            at("assignments:plan", opened.pk),
            at("assignments:overview", opened.pk),
            at("assignments:overview", call.pk)
            + f"?kind=done&expert={reading.assignment.expert_id}",
            at("assignments:progress", call.pk),
            at("evaluations:flags", opened.pk),
            at("evaluations:grounds", call.pk),
            at("panels:ranking", opened.pk),
            at("committees:list"),
            at("committees:plan", call.pk),
            at("feedback:overview", call.pk),
        ],
    )


def test_forms_shown_again_with_what_is_wrong(window, world):
    page = window("manager").sign_in(world.manager)
    call, reading = world.reviewing_call, world.reading

    for address, act in (
        (at("experts:pool", call.pk), "Envoyer l’invitation"),
        (at("experts:import", call.pk), "Voir ce qui changerait"),
        (at("committees:plan", call.pk), "Convoquer le comité"),
        (at("conflicts:link", world.link.pk), "Enregistrer la décision"),
        (
            at("assignments:change", reading.assignment.dossier_id, world.link.expert_id),
            "Enregistrer ce souhait",
        ),
    ):
        page.goto(address)
        page.get_by_role("button", name=act, exact=True).click()
        page.locator("[data-error-summary]").wait_for()
        assert axe(page) == []
        page.set_viewport_size(PHONE)
        assert overflow(page) <= 0, address


def test_a_table_read_before_it_is_applied(window, world):
    page = window("manager").sign_in(world.manager)
    page.goto(at("experts:import", world.reviewing_call.pk))

    page.locator("textarea").fill("email;nom;organisme\nève@labo.fr;Ève;LAAS\na@labo.fr;A;LAAS")
    page.get_by_role("button", name="Voir ce qui changerait").click()

    page.get_by_role("button", name="Appliquer et envoyer les invitations").wait_for()
    assert axe(page) == []


def test_pages_of_a_reader_after_a_completion(window):
    scene = Scene()
    make_phase(scene.call, may_score=True, sees_others=True, may_discuss=True)
    make_evaluation(assignment=make_assignment(dossier=scene.dossier), submitted=True)
    scene.complete(summary="Dix clients payants")
    reader = window("reader").sign_in(scene.ours.assignment.expert.user)

    all_well(
        reader,
        [at(f"evaluations:{name}", scene.ours.pk) for name in ("stale", "others", "evaluate")],
    )
    all_well(window("officer").sign_in(scene.officer), [at("evaluations:flags", scene.call.pk)])


def test_pages_of_a_committee(window):
    room = Room([5, 5, 5], [4, 3, 4])
    first = room.dossiers[0]
    chair = window("chair").sign_in(room.chair)
    all_well(chair, [at("committees:room", room.session.pk)])

    room.open()
    room.voting(first)

    all_well(chair, [at("committees:room", room.session.pk)])
    all_well(
        window("member").sign_in(room.anne),
        [
            at("committees:list"),
            at("committees:room", room.session.pk),
            at("committees:reading", room.item(first).pk),
        ],
    )


def test_pages_once_the_order_is_settled(window):
    scene = Round(4, 2)
    feedback = scene.prepared()
    all_well(
        window("officer").sign_in(scene.officer),
        [
            at("panels:ranking", scene.call.pk),
            at("panels:methods", scene.call.pk),
            at("feedback:overview", scene.call.pk),
            at("feedback:edit", feedback.pk),
        ],
    )


def test_names_without_a_space_break_on_the_phone_of_an_officer(window, world):
    call, reading = world.reviewing_call, world.handed_in
    dossier, person = reading.assignment.dossier, reading.assignment.expert.user
    type(dossier).objects.filter(pk=dossier.pk).update(title=ENDLESS)
    type(person).objects.filter(pk=person.pk).update(full_name=ENDLESS)
    type(dossier.organisation).objects.filter(pk=dossier.organisation_id).update(name=ENDLESS)
    page = window("manager").sign_in(world.manager)
    page.set_viewport_size(PHONE)

    for address in (
        *(at(name, call.pk) for name in PAGES),
        at("assignments:dossier", dossier.pk),
        at("evaluations:for_dossier", dossier.pk),
    ):
        page.goto(address)
        assert overflow(page) <= 0, address


PAGES = (
    "experts:pool", "conflicts:links", "assignments:plan", "assignments:overview",
    "assignments:rules", "followup:call", "followup:chart", "panels:ranking", "panels:methods",
    "panels:severity", "committees:plan",
)  # fmt: skip


def test_the_tab_one_is_on_is_in_view_on_a_phone(window, world):
    page = window("manager").sign_in(make_staff(world.programme, Role.MANAGER))
    page.set_viewport_size(PHONE)

    page.goto(at("feedback:overview", world.reviewing_call.pk))

    row = page.get_by_role("navigation", name="Évaluation de l’appel").bounding_box()
    here = page.get_by_role("link", name="Retours", exact=True).bounding_box()
    assert here["x"] >= row["x"]
    assert here["x"] + here["width"] <= row["x"] + row["width"] + 1
