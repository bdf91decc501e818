"""A committee in two windows: what the chair does is on every screen, a second later."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from grants.programmes.states import Role
from reviews.assignments.operations import declare_interest
from tests.factories import make_call, make_staff
from tests.journeys.acts import sitting
from tests.journeys.acts.hands import confirmed, press, text_of, told
from tests.journeys.browser import PHONE, overflow
from tests.journeys.readable import axe
from tests.journeys.test_accessibility import all_well
from tests.reviews.committees.scene import Room
from tests.reviews.feedback.scene import Round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def room():
    room = Room([5, 5, 5], [4, 3, 4], [1, 5, 3])
    for dossier, title in zip(room.dossiers, ("Hydrogène", "Cobots", "Capteurs"), strict=True):
        type(dossier).objects.filter(pk=dossier.pk).update(title=title)
    for person in (room.chair, room.anne, room.expert.user):
        confirmed(person)
    return room


def enter(window, name, person, room, **options):
    one = window(name, **options)
    one.sign_in(person).goto(reverse("committees:room", args=[room.session.pk]))
    return one.page


def test_a_session_in_two_windows_on_a_computer_and_a_phone(window, room):
    declare_interest(room.expert, room.dossiers[2], kind="family", actor=room.officer)
    chair = enter(window, "chair", room.chair, room)
    member = enter(window, "member", room.anne, room, viewport=PHONE)
    conflicted = enter(window, "conflicted", room.expert.user, room)

    press(chair, "Ouvrir la séance")
    for page in (chair, member, conflicted):
        sitting.arrive(page)
    in_step_or_masked(chair, member, conflicted)
    vote_while_typing(chair, member)
    press(chair, "Appeler le dossier suivant")
    expect(conflicted.get_by_role("heading", level=2).first).not_to_contain_text(sitting.MASKED)
    assert axe(chair) == []
    minutes = closed(chair, member)

    assert "Solange Arnal, à" in " ".join(minutes.split())
    order = [line.dossier for line in room.call.ranking.lines.order_by("rank")]
    assert order == [room.dossiers[0], room.dossiers[2], room.dossiers[1]]


def in_step_or_masked(chair, member, conflicted):
    """The chair calls a dossier; who has a link with it sees one sentence and no trace of it."""
    sitting.call(chair, "Capteurs")
    sitting.sees(member, "Capteurs")
    sitting.sees(conflicted, sitting.MASKED)
    assert "Capteurs" not in conflicted.content()


def vote_while_typing(chair, member):
    """What is being typed stays while the others act."""
    member.get_by_label("Votre remarque").fill("Le marché est étr")
    sitting.put_to_vote(chair, score="4,5", note="Le comité relève la note.")
    expect(member.get_by_text("Note proposée : 4,50 sur 5")).to_be_visible()
    expect(member.get_by_label("Votre remarque")).to_have_value("Le marché est étr")
    assert overflow(member) <= 0
    assert axe(member) == []
    sitting.vote(member, "Pour")
    expect(chair.get_by_text("1 voix sur 2")).to_be_visible()
    press(chair, "Pour")
    press(chair, "Clore le vote et conclure")
    expect(sitting.row_of(member, "Capteurs")).to_contain_text("Note adoptée")


def closed(chair, member):
    """The text of the minutes, once the chair has closed and the member’s screen says so."""
    sitting.close(chair)
    told(member, "Le procès-verbal est scellé")
    return text_of(sitting.minutes(chair))


def test_without_a_script_the_room_works_by_reloading(window, room):
    room.open()
    room.voting(room.dossiers[1])
    member = enter(window, "member", room.anne, room, java_script_enabled=False)

    press(member, "Contre")

    told(member, "Votre voix est enregistrée.")
    assert room.item(room.dossiers[1]).ballots.get().choice == "against"


def test_pages_around_the_room_for_an_officer(window, room):
    item = room.open().call_up(room.dossiers[0])
    all_well(
        window("officer").sign_in(room.officer),
        [
            reverse("committees:list"),
            reverse("committees:room", args=[room.session.pk]),
            reverse("committees:reading", args=[item.pk]),
        ],
    )


def test_the_feedback_is_saved_while_typing(window):
    scene = Round(4)
    feedback = scene.prepared()
    page = window("clerk").sign_in(scene.officer)
    page.goto(reverse("feedback:edit", args=[feedback.pk]))

    page.get_by_label("Points forts — Dans l’ensemble").fill("Une équipe solide.")
    page.locator("h1").click()
    expect(page.locator("[data-save-strip]")).to_have_attribute("data-state", "saved")

    assert feedback.parts.get(criterion=None).strengths == "Une équipe solide."


def test_a_committee_is_convened_by_its_page(window):
    call = make_call(state="reviewing")
    manager = confirmed(make_staff(call.programme, Role.MANAGER, full_name="Isabelle Cazenave"))
    page = window("manager").sign_in(manager)
    page.goto(reverse("committees:plan", args=[call.pk]))

    page.get_by_label("Date et heure").fill("2027-05-04T14:00")
    page.get_by_label("Lieu").fill("Salle 3")
    page.get_by_label("Quorum").fill("1")
    page.get_by_label("Isabelle Cazenave").select_option("chair")
    press(page, "Convoquer le comité")

    told(page, "Le comité est convoqué")
