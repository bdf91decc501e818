import pytest
from django.urls import reverse

from grants.decisions import operations as decisions
from reviews.feedback import operations
from tests.factories import join, make_staff, make_user
from tests.grants.decisions.scene import vote
from tests.grants.letters.scene import make_letter
from tests.journeys.acts.hands import text_of
from tests.reviews.feedback.scene import Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return Round()


def at(name, pk):
    return reverse(f"feedback:{name}", args=[pk])


def test_preparing_a_call_at_once_tells_how_many_are_to_be_read(client, scene):
    client.force_login(scene.officer)

    page = client.post(at("prepare", scene.call.pk), follow=True).content.decode()

    assert "2 retours sont préparés" in page
    assert "0 relus sur 2 préparés" in page


def test_a_field_is_saved_while_typing(client, scene):
    feedback = scene.prepared()
    name = scene.text(feedback)
    version = operations.fields_of(feedback)[name].version
    client.force_login(scene.officer)
    typed = {"field": name, "value": "Une équipe solide.", "version": version}

    saved = client.post(at("save", feedback.pk), typed)
    clash = client.post(at("save", feedback.pk), {**typed, "value": "Autre."})

    assert saved.status_code == 200
    assert (clash.status_code, clash.json()["theirs"]) == (409, "Une équipe solide.")


def test_a_text_too_long_is_told_and_comes_back(client, scene):
    feedback = scene.prepared()
    client.force_login(scene.officer)

    page = client.post(at("approve", feedback.pk), {scene.text(feedback): "x" * 5001})

    assert "la limite est de 5 000" in page.content.decode()
    assert page.content.decode().count(f'href="#{scene.text(feedback)}"') == 1
    assert "x" * 5001 in page.content.decode()


def test_without_a_script_the_page_is_kept_and_approved(client, scene):
    feedback = scene.prepared()
    name = scene.text(feedback)
    version = operations.fields_of(feedback)[name].version
    client.force_login(scene.officer)

    typed = {name: "Une équipe solide.", f"version-{name}": version}
    client.post(at("approve", feedback.pk), typed)

    feedback.refresh_from_db()
    assert feedback.state == "approved"
    assert operations.fields_of(feedback)[name].text == "Une équipe solide."


def test_the_applicant_reads_it_on_the_page_and_in_the_letter_and_no_name(client):
    scene = Round(4)
    person = make_user()
    join(person, scene.dossiers[0].organisation)
    operations.approve(scene.prepared(), actor=scene.officer)
    allocation = decisions.prepare(scene.call, envelope=scene.envelope, actor=scene.manager)
    decisions.propose(allocation, actor=scene.manager)
    decisions.check(allocation, actor=scene.finance)
    vote(allocation, actor=scene.manager)
    decisions.announce(allocation, actor=scene.manager)
    letter = make_letter(scene.dossiers[0].decision)
    client.force_login(person)

    page = client.get(reverse("decisions:decision", args=[scene.dossiers[0].pk])).content.decode()
    with letter.file.open("rb") as file:
        paper = text_of(file.read())

    for told in (page, paper):
        assert "Ce que les évaluations ont relevé" in told
        assert "Limite 1." in told
        assert "Arnal" not in told
        assert "Martel" not in told


@pytest.mark.parametrize(("role", "shown"), [("officer", True), ("auditor", False)])
def test_the_tabs_lead_to_the_handing_out_whoever_may_plan(client, role, shown):
    scene = Round(4)
    client.force_login(make_staff(scene.call.programme, role))

    page = client.get(at("overview", scene.call.pk)).content.decode()

    assert (reverse("assignments:plan", args=[scene.call.pk]) in page) == shown


def test_the_overview_costs_the_same_for_one_and_three_dossiers(client, count_queries):
    costs = []
    for scene in (Round(4), Round(4, 3, 2)):
        scene.prepared()
        client.force_login(scene.officer)
        address = at("overview", scene.call.pk)
        costs.append(count_queries(lambda address=address: client.get(address)))

    assert costs == [8, 8]


def test_the_page_costs_the_same_whatever_the_dossiers(client, count_queries):
    feedback = Round(4, 3).prepared()
    client.force_login(feedback.dossier.call.programme.duties.get(role="officer").user)

    assert count_queries(lambda: client.get(at("edit", feedback.pk))) == 6


def test_reading_goes_on_with_the_next_return_then_the_first_left(client):
    scene = Round(4, 3, 2)
    first = scene.prepared()
    second, third = (one.feedback for one in scene.dossiers[1:])
    client.force_login(scene.officer)

    def next_of(feedback):
        return client.get(at("edit", feedback.pk)).context["following"]

    assert (next_of(first), next_of(second), next_of(third)) == (second, third, first)
    for one in (first, third):
        operations.approve(one, actor=scene.officer)
    assert next_of(second) is None
