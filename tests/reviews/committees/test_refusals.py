"""What is refused in the room comes back to who wrote it."""

import pytest
from django.urls import reverse

from tests.reviews.committees.scene import Room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return Room([5, 5, 5], [4, 3, 4])


def test_a_refused_proposal_comes_back_as_typed(client, room):
    room.open()
    item = room.call_up(room.dossiers[0])
    client.force_login(room.chair)

    response = client.post(
        reverse("committees:put_to_vote", args=[item.pk]),
        {"proposed": "7", "note": "Un long argument."},
    )

    page = response.content.decode()
    assert "Proposez une note de 0 à 5." in page
    assert f'href="#proposed-{item.pk}"' in page
    assert 'value="7" data-typed aria-invalid="true" aria-describedby="proposed-error"' in page
    assert "Un long argument." in page


def test_a_refused_remark_comes_back_as_typed(client, room):
    room.open()
    item = room.call_up(room.dossiers[0])
    client.force_login(room.anne)

    response = client.post(
        reverse("committees:remark", args=[item.pk]), {"text": "Un long argument. " * 200}
    )

    page = response.content.decode()
    assert "Écrivez de 1 à 2 000 caractères." in page
    assert "Un long argument." in page.split(f'id="text-{item.pk}"')[1]


def test_what_was_written_on_a_dossier_never_moves_to_the_next(client, room):
    room.open()
    item = room.item(room.dossiers[0])
    room.vote(room.dossiers[0], chair="for", anne="for")
    following = room.call_up(room.dossiers[1])
    client.force_login(room.anne)

    response = client.post(reverse("committees:remark", args=[item.pk]), {"text": "Trop tard."})

    page = response.content.decode()
    assert "Ce dossier n’est pas en discussion." in page
    assert "Trop tard.</blockquote>" in page
    assert page.split(f'id="text-{following.pk}"')[1].split("</textarea>")[0].endswith(">")


def test_who_is_not_in_the_room_keeps_the_words(client, room):
    room.open(room.anne)
    item = room.call_up(room.dossiers[0])
    client.force_login(room.anne)

    response = client.post(reverse("committees:remark", args=[item.pk]), {"text": "J’arrive."})

    page = response.content.decode()
    assert "Signalez d’abord votre présence." in page
    assert "J’arrive.</blockquote>" in page
