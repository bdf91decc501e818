"""What the database refuses in a session, whatever program asks."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from reviews.committees import operations
from reviews.committees.models import Attendance, Ballot, Item, Withdrawal
from reviews.committees.out import is_out
from reviews.experts.models import Interest
from reviews.links.models import DetectedLink
from tests.factories import join
from tests.reviews.committees.scene import Room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return Room([5, 5, 5], [4, 3, 4]).open()


def ballot(item, member, **overrides):
    values = {"round": item.round, "choice": "for", **overrides}
    return Ballot.objects.create(item=item, member=member, **values)


def refused(name):
    return pytest.raises(IntegrityError, match=name)


def test_a_member_in_the_room_votes(room):
    assert ballot(room.voting(room.dossiers[0]), room.member(room.anne)).pk


def test_no_ballot_of_somebody_who_withdrew(room):
    item, member = room.voting(room.dossiers[0]), room.member(room.anne)
    Withdrawal.objects.create(item=item, member=member, origin="declared", noted_by=room.anne)

    with refused("ballot_of_somebody_out"):
        ballot(item, member)


def test_no_ballot_of_an_expert_with_a_conflict_recorded_since(room):
    item = room.voting(room.dossiers[0])
    Interest.objects.create(
        expert=room.expert, dossier=item.dossier, kind="family", declared_by=room.officer
    )

    with refused("ballot_of_somebody_out"):
        ballot(item, room.member(room.expert.user))


def test_no_ballot_of_an_expert_the_platform_found_a_link_for_until_it_is_lifted(room):
    item = room.voting(room.dossiers[0])
    link = DetectedLink.objects.create(
        expert=room.expert, dossier=item.dossier, kind="family", score=1
    )
    member = room.member(room.expert.user)
    assert is_out(item, room.expert.user)
    with refused("ballot_of_somebody_out"), transaction.atomic():
        ballot(item, member)

    DetectedLink.objects.filter(pk=link.pk).update(
        state="lifted",
        settled_by=room.officer,
        settled_at=timezone.now(),
        settled_because="Homonyme.",
    )
    assert ballot(item, member).pk


def test_no_ballot_of_somebody_of_the_company(room):
    item = room.voting(room.dossiers[0])
    join(room.anne, item.dossier.organisation)

    with refused("ballot_of_somebody_out"):
        ballot(item, room.member(room.anne))


def test_no_ballot_of_somebody_who_left(room):
    item, member = room.voting(room.dossiers[0]), room.member(room.anne)
    Attendance.objects.filter(member=member).update(left_at=timezone.now())

    with refused("ballot_of_somebody_absent"):
        ballot(item, member)


def test_no_ballot_of_the_secretary(room):
    with refused("ballot_of_a_stranger"):
        ballot(room.voting(room.dossiers[0]), room.member(room.second))


def test_no_ballot_before_nor_after_the_vote(room):
    item = room.call_up(room.dossiers[0])
    with refused("ballot_after_the_vote"), transaction.atomic():
        ballot(item, room.member(room.anne))

    settled = room.vote(room.dossiers[1], chair="for", anne="for")
    with refused("ballot_after_the_vote"):
        ballot(settled, room.member(room.expert.user))


def test_no_ballot_without_quorum():
    room = Room([5, 5, 5], [4, 3, 4], quorum=3).open()
    item = room.voting(room.dossiers[0])
    Attendance.objects.filter(member__user=room.chair).update(left_at=timezone.now())

    with refused("ballot_without_quorum"):
        ballot(item, room.member(room.anne))


def test_ballots_of_a_vote_that_is_over_stay(room):
    item = room.vote(room.dossiers[1], chair="for", anne="for")

    with refused("ballot_kept"), transaction.atomic():
        item.ballots.first().delete()
    with refused("ballot_after_the_vote"):
        item.ballots.update(choice="against")


def test_the_outcome_is_that_of_the_votes(room):
    item = room.voting(room.dossiers[0])
    operations.cast(item, "against", actor=room.anne)

    with refused("item_settled_by_votes"):
        Item.objects.filter(pk=item.pk).update(state="settled", outcome="carried")


def test_nothing_is_settled_without_quorum(room):
    item = room.voting(room.dossiers[0])
    operations.cast(item, "for", actor=room.anne)
    Attendance.objects.exclude(member__user=room.anne).update(left_at=timezone.now())

    with refused("item_settled_by_quorum"):
        Item.objects.filter(pk=item.pk).update(state="settled", outcome="carried")


def test_a_session_that_votes_agrees_on_nothing_without_a_vote(room):
    item = room.call_up(room.dossiers[0])

    with refused("item_settled_by_votes"):
        Item.objects.filter(pk=item.pk).update(state="settled", outcome="carried", proposed=3)


def test_a_ballot_is_taken_back_before_its_member_withdraws(room):
    item, member = room.voting(room.dossiers[0]), room.member(room.anne)
    ballot(item, member)

    with refused("withdrawal_without_ballot"):
        Withdrawal.objects.create(item=item, member=member, origin="declared", noted_by=room.anne)


def test_one_dossier_at_a_time(room):
    room.call_up(room.dossiers[0])

    with refused("item_one_current"):
        Item.objects.filter(dossier=room.dossiers[1]).update(state="discussed")
