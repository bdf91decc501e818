"""A committee neither begins nor ends on a mark whose grounds have changed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.access import Refused
from grants.decisions.models import Ranking
from grants.programmes.states import Role
from reviews.committees import operations
from reviews.committees.records import Minutes
from reviews.committees.states import Part
from reviews.evaluations import settling
from reviews.evaluations.stale import StaleFlag
from tests.factories import make_envelope, make_staff
from tests.reviews.evaluations.stale_scene import Scene

pytestmark = pytest.mark.django_db


class Sitting(Scene):
    """The dossier of the scene before a committee of one, its only reader having handed in."""

    def __init__(self):
        super().__init__()
        make_envelope(self.call.programme)
        self.draft.assignment.state = "removed"
        self.draft.assignment.save()
        self.chair = make_staff(self.call.programme, Role.MANAGER)
        self.session = operations.plan(
            self.call, parts={self.chair: Part.CHAIR}, actor=self.officer, place="Salle 3",
            held_at=timezone.now() + timedelta(days=1), mode="vote", quorum=1,
        )  # fmt: skip

    def open(self):
        operations.open_session(self.session, actor=self.chair)
        operations.arrive(self.session, self.session.members.get(), actor=self.chair)

    def close(self):
        operations.close(self.session, actor=self.chair)

    def read_again(self):
        flag = StaleFlag.objects.on(self.ours).get()
        settling.confirm(self.ours, flag.pk, actor=self.ours.assignment.expert.user)


@pytest.fixture
def sitting():
    return Sitting()


def is_still_open(sitting):
    sitting.session.refresh_from_db()
    here = sitting.session.members.get().attendances.filter(left_at=None)
    return sitting.session.state == "open" and here.exists()


def test_a_session_waits_for_the_marks_to_read_again(sitting):
    sitting.complete(summary="Deux clients pilotes")

    with pytest.raises(Refused, match="1 note porte sur une réponse complétée"):
        sitting.open()

    sitting.read_again()
    sitting.open()
    assert is_still_open(sitting)


def test_a_session_does_not_close_over_a_mark_gone_stale_while_it_sat(sitting):
    sitting.open()
    sitting.complete(summary="Deux clients pilotes")

    with pytest.raises(Refused, match="1 note porte sur une réponse complétée"):
        sitting.close()

    assert is_still_open(sitting)
    assert not Ranking.objects.exists()
    assert not Minutes.objects.exists()

    sitting.read_again()
    sitting.close()
    assert sitting.call.ranking.lines.count() == 1


def test_a_session_does_not_close_over_a_dossier_being_completed(sitting):
    sitting.open()
    sitting.ask("summary")

    with pytest.raises(Refused, match="attend un complément"):
        sitting.close()

    assert is_still_open(sitting)


def test_the_room_says_why_it_cannot_close_and_keeps_everything(client, sitting):
    sitting.open()
    sitting.complete(summary="Deux clients pilotes")
    client.force_login(sitting.chair)

    page = client.post(reverse("committees:close", args=[sitting.session.pk]), follow=True)

    assert "son auteur doit la confirmer ou la revoir" in page.content.decode()
    assert is_still_open(sitting)
