"""Where a committee is convened, the end of its session settles the order, and nothing else."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from accounts.access import Refused
from grants.decisions.models import Ranking
from grants.programmes.models import Call
from grants.programmes.states import Role
from reviews.committees import operations as committees
from reviews.panels import permissions as may
from reviews.panels.operations import settle
from tests.factories import make_call, make_programme, make_staff, make_user
from tests.reviews.committees.scene import Room

pytestmark = pytest.mark.django_db
BY_HAND = "Arrêter le classement"


@pytest.fixture
def room():
    return Room([5, 4], [3, 4])


def page_of(client, room):
    client.force_login(room.chair)
    return client.get(reverse("panels:ranking", args=[room.call.pk])).content.decode()


def gave_up(room):
    committees.cancel(room.session, actor=room.officer)
    return room


def test_a_convened_committee_takes_the_freezing_off_the_page(client, room):
    page = page_of(client, room)

    assert BY_HAND not in page
    assert "la clôture de sa séance arrêtera le classement" in page
    assert reverse("committees:plan", args=[room.call.pk]) in page


def test_a_session_given_up_puts_it_back(client, room):
    page = page_of(client, gave_up(room))

    assert BY_HAND in page
    assert "la clôture de sa séance" not in page


def test_freezing_by_hand_is_refused_while_a_committee_is_convened(client, room):
    with pytest.raises(Refused, match="la clôture de sa séance"):
        settle(room.call, actor=room.chair)

    client.force_login(room.chair)
    response = client.post(reverse("panels:settle", args=[room.call.pk]), follow=True)

    assert "la clôture de sa séance arrête le classement" in response.content.decode()
    assert not Ranking.objects.exists()


def test_freezing_by_hand_goes_on_once_the_session_is_given_up(room):
    ranking = settle(gave_up(room).call, actor=room.chair)

    assert ranking.lines.count() == 2


@pytest.mark.parametrize("open_it", [False, True])
def test_the_database_refuses_an_order_before_its_committee_has_closed(room, open_it):
    if open_it:
        room.open()

    with pytest.raises(IntegrityError, match="its committee has not closed"):
        Ranking.objects.create(
            call=room.call, method="raw", threshold=2, received_by=room.chair, content={},
            sha256="0" * 64,
        )  # fmt: skip


def test_rights_on_an_order_agree():
    """Calls with no committee, one convened, sitting, closed, given up; people of all kinds."""
    rooms = [Room([5, 4], [3, 4]) for _n in range(4)]
    rooms[1].open()
    rooms[2].open().close()
    gave_up(rooms[3])
    plain = make_call(make_programme(), state="reviewing")
    managers = [room.chair for room in rooms] + [make_staff(plain.programme, Role.MANAGER)]
    people = [*managers, rooms[0].officer, rooms[3].officer, rooms[0].anne, make_user()]
    calls = Call.objects.order_by("pk")
    everything = list(calls)

    for name in ("SEE", "SETTLE", "FREEZE", "WEIGH", "WATCH", "has_committee"):
        rule = getattr(may, name)
        for person in people:
            found = list(calls.filter(rule.rows(person)))
            assert found == [call for call in everything if rule.allows(person, call)], name
    free = [calls.filter(may.FREEZE.rows(person)).count() for person in managers]
    assert free == [0, 0, 0, 1, 1]
