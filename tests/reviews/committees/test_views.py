from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from grants.programmes.states import Role
from reviews.assignments.operations import declare_interest
from reviews.committees import operations
from reviews.committees.models import Session
from reviews.committees.pulse import beat_of
from tests.factories import make_call, make_expert, make_programme, make_staff, make_user
from tests.reviews.committees.scene import Room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return Room([5, 5, 5], [4, 3, 4])


def at(room):
    return reverse("committees:room", args=[room.session.pk])


def seen_by(client, user, room):
    client.force_login(user)
    return client.get(at(room)).content.decode()


def text_of(pdf):
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_convening_a_committee_by_its_page(client):
    call = make_call(state="reviewing")
    manager = make_staff(call.programme, Role.MANAGER)
    client.force_login(manager)

    response = client.post(
        reverse("committees:plan", args=[call.pk]),
        {
            "held_at": "2027-05-04T14:00", "place": "Salle 3", "mode": "vote", "quorum": "2",
            f"part-{manager.pk}": "chair", "outside_name": "Anne Delmas",
            "outside_email": "anne@exemple.fr", "outside_part": "member",
        },
    )  # fmt: skip

    session = Session.objects.get(call=call)
    assert response["Location"] == session.get_absolute_url()
    assert {(m.user.email, m.part) for m in session.members.all()} == {
        (manager.email, "chair"), ("anne@exemple.fr", "member"),
    }  # fmt: skip


def test_a_refused_convocation_keeps_what_was_typed(client):
    call = make_call(state="reviewing")
    client.force_login(make_staff(call.programme, Role.MANAGER))

    response = client.post(
        reverse("committees:plan", args=[call.pk]),
        {"held_at": "2027-05-04T14:00", "place": "Salle 3", "mode": "vote", "quorum": "2"},
    )

    page = response.content.decode()
    assert "Choisissez qui préside la séance." in page
    assert "Écrivez un nombre" not in page
    assert 'value="Salle 3"' in page
    assert not Session.objects.exists()


def test_a_member_sees_dossiers_once_in_the_room(client, room):
    dossier = room.dossiers[0]
    room.open(room.anne)
    room.call_up(dossier)

    assert dossier.title not in seen_by(client, room.anne, room)

    client.post(reverse("committees:arrive", args=[room.session.pk]))

    assert dossier.title in seen_by(client, room.anne, room)


def test_reviewers_are_named_to_the_officers_only(client, room):
    room.open()
    room.call_up(room.dossiers[0])

    to_a_member = seen_by(client, room.anne, room)
    to_an_officer = seen_by(client, room.officer, room)

    assert "Lectrice 0" in to_an_officer
    assert "Lectrice" not in to_a_member
    assert "Lecture 1" in to_a_member


def test_a_member_with_a_link_sees_one_sentence(client, room):
    dossier = room.dossiers[0]
    type(dossier).objects.filter(pk=dossier.pk).update(title="Dossier caché")
    declare_interest(room.expert, dossier, kind="family", actor=room.officer)
    room.open()
    item = room.call_up(dossier)
    operations.remark(item, "Entre nous.", actor=room.anne)
    client.force_login(room.expert.user)

    page = client.get(at(room)).content.decode()

    assert "Vous vous retirez pour ce dossier" in page
    for hidden in ("Dossier caché", dossier.reference, "Entre nous.", "Forte 5."):
        assert hidden not in page
    assert client.get(reverse("committees:reading", args=[item.pk])).status_code == 404
    minutes = client.get(reverse("committees:minutes", args=[room.session.pk])).content
    assert "Dossier caché" not in text_of(minutes)
    assert dossier.reference not in text_of(minutes)


def test_a_vote_by_somebody_out_is_told_and_counts_for_nothing(client, room):
    room.open()
    item = room.voting(room.dossiers[0])
    operations.withdraw(item, room.member(room.anne), actor=room.anne)
    client.force_login(room.anne)

    response = client.post(
        reverse("committees:cast", args=[item.pk]), {"choice": "for"}, follow=True
    )

    assert "votre voix n’a pas été comptée" in response.content.decode()
    assert item.ballots.count() == 0


def test_the_pulse_answers_only_what_changed(client, room):
    room.open()
    client.force_login(room.anne)
    address = reverse("committees:pulse", args=[room.session.pk])
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    room.call_up(room.dossiers[0])
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code, changed.status_code) == (200, 304, 200)
    assert room.dossiers[0].title in changed.content.decode()


def test_a_link_recorded_elsewhere_masks_the_board_at_the_next_question(client, room):
    room.open()
    room.call_up(room.dossiers[0])
    client.force_login(room.expert.user)
    address = reverse("committees:pulse", args=[room.session.pk])
    before = client.get(address)
    declare_interest(room.expert, room.dossiers[0], kind="family", actor=room.officer)

    after = client.get(address, headers={"If-None-Match": before["ETag"]})

    assert after.status_code == 200
    assert "Vous vous retirez pour ce dossier" in after.content.decode()


def test_a_question_that_changes_nothing_is_cheap(client, room, count_queries):
    room.open()
    client.force_login(room.anne)
    address = reverse("committees:pulse", args=[room.session.pk])
    tag = client.get(address)["ETag"]

    assert count_queries(lambda: client.get(address, headers={"If-None-Match": tag})) == 3


def test_the_pulse_is_for_those_who_may_see_the_session(room):
    people = [room.chair, room.anne, room.officer, make_user(), make_staff(make_programme())]
    gone = make_staff(room.programme, Role.AUDITOR)
    gone.duties.update(ended_at=timezone.now())

    for person in (*people, gone):
        sees = Session.objects.seen_by(person).filter(pk=room.session.pk).exists()
        assert (beat_of(room.session.pk, person) is not None) == sees


def test_the_room_costs_the_same_for_two_and_four_dossiers(client, count_queries):
    costs = []
    for rows in ([[5, 5, 5], [4, 3, 4]], [[5, 5, 5], [4, 3, 4], [3, 3, 3], [2, 1, 2]]):
        room = Room(*rows).open()
        room.call_up(room.dossiers[0])
        client.force_login(room.anne)
        costs.append(count_queries(lambda room=room: client.get(at(room))))

    assert costs == [12, 12]


@pytest.mark.parametrize("name", ["chair", "second", "officer", "expert"])
def test_the_room_costs_no_more_to_those_who_lead_follow_or_review_in_it(
    client, count_queries, room, name
):
    room.open()
    room.voting(room.dossiers[0])
    client.force_login(room.person(name))

    assert count_queries(lambda: client.get(at(room))) == 12


def test_a_second_chair_is_told_that_the_session_has_just_been_closed(client, room):
    room.open().close()
    client.force_login(room.second)

    page = client.post(reverse("committees:close", args=[room.session.pk]), follow=True)

    assert "vient d’être close par une autre personne" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "tabs"), [("chair", True), ("officer", True), ("anne", False), ("expert", False)]
)
def test_the_people_of_the_programme_keep_the_tabs_of_the_call(client, room, name, tabs):
    plan = reverse("assignments:plan", args=[room.call.pk])

    assert (plan in seen_by(client, room.person(name), room)) == tabs


def test_the_tabs_leave_the_room_while_it_sits(client, room):
    assert reverse("feedback:overview", args=[room.call.pk]) not in seen_by(
        client, room.chair, room.open()
    )


def test_the_minutes_match_the_database_name_by_name(client, room):
    room.open(room.second)
    operations.withdraw(
        room.call_up(room.dossiers[0]), room.member(room.expert.user), actor=room.expert.user
    )
    room.vote(room.dossiers[1], chair="for", anne="against", expert="for")
    room.close()
    client.force_login(room.officer)

    text = text_of(client.get(reverse("committees:minutes", args=[room.session.pk])).content)

    for member in room.session.members.select_related("user"):
        came = "absence" if member.user == room.second else "de "
        assert f"{member.user} {member.get_part_display()} {came}" in text
    for withdrawal in room.item(room.dossiers[0]).withdrawals.all():
        assert f"Déport : {withdrawal.member.user}, à" in text
    assert "Pour (2) : Isabelle Cazenave, Solange Arnal — Contre (1) : Anne Delmas." in text
    assert "Note du comité : 4,50." in text
    assert "Le comité relève la note." in text
    assert room.session.minutes.sha256 in text
    for line in room.call.ranking.lines.select_related("dossier__call"):
        assert f"{line.rank} {line.dossier.reference} — {line.dossier.title}" in text


def test_before_the_end_the_minutes_are_a_draft(client, room):
    room.open()
    client.force_login(room.officer)

    text = text_of(client.get(reverse("committees:minutes", args=[room.session.pk])).content)

    assert "Projet, séance en cours" in text
    assert "Empreinte" not in text


def test_only_people_of_the_call_are_offered_a_place(client):
    call = make_call(state="reviewing")
    manager = make_staff(call.programme, Role.MANAGER)
    reader, stranger = make_expert(call).user, make_user(full_name="Une candidate")
    client.force_login(manager)

    form = client.get(reverse("committees:plan", args=[call.pk])).context["form"]

    assert set(form.people) == {manager.pk, reader.pk}
    assert stranger.pk not in form.people


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ("name", "Écrivez le nom de cette personne."),
        ("email", "Écrivez l’adresse de cette personne"),
        ("part", "Choisissez le rôle de cette personne."),
    ],
)
def test_what_lacks_of_a_further_person_is_told_at_its_field(client, missing, told):
    call = make_call(state="reviewing")
    client.force_login(make_staff(call.programme, Role.MANAGER))
    typed = {"name": "Anne Delmas", "email": "anne@exemple.fr", "part": "member"} | {missing: ""}

    page = client.post(
        reverse("committees:plan", args=[call.pk]),
        {f"outside_{name}": text for name, text in typed.items()},
    )

    errors = page.context["form"].errors
    assert {name for name in errors if name.startswith("outside_")} == {f"outside_{missing}"}
    assert told in page.content.decode()


def test_a_wrong_quorum_is_told_which_numbers_do(client):
    call = make_call(state="reviewing")
    client.force_login(make_staff(call.programme, Role.MANAGER))

    page = client.post(reverse("committees:plan", args=[call.pk]), {"quorum": "0"})

    assert page.context["form"].errors["quorum"] == ["Écrivez un nombre entre 1 et 100."]
