from decimal import Decimal

import pgtrigger
import pytest
from django.core.exceptions import PermissionDenied

from accounts.access import Refused
from accounts.notifications.models import Notification
from reviews.assignments.operations import declare_interest
from reviews.committees import operations
from reviews.committees.states import Part
from tests.factories import join, make_assignment, make_evaluation, make_phase
from tests.reviews.committees.scene import Room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return Room([5, 5, 5], [4, 3, 4], [1, 5, 3])


def test_every_member_is_convened_once(room):
    told = Notification.objects.filter(kind="committee_convened")

    assert {one.recipient for one in told} == {
        room.chair, room.second, room.anne, room.expert.user,
    }  # fmt: skip
    assert len(told) == 4


def test_a_call_has_one_session(room):
    with pytest.raises(Refused, match="déjà préparée"):
        operations.plan(room.call, parts={room.chair: Part.CHAIR}, actor=room.officer)


def test_a_quorum_nobody_can_reach_is_refused(room):
    with pytest.raises(Refused, match="dépasse le nombre de membres qui votent"):
        operations.revise(
            room.session, parts={room.chair: Part.CHAIR}, actor=room.officer, quorum=2
        )


def test_a_bureau_without_a_manager_is_refused(room):
    parts = {room.anne: Part.CHAIR, room.expert.user: Part.MEMBER}

    with pytest.raises(Refused, match="gestion du programme"):
        operations.revise(room.session, parts=parts, actor=room.officer)


def test_a_session_does_not_open_before_the_last_evaluation(room):
    dossier = room.dossiers[0]
    make_evaluation(assignment=make_assignment(dossier=dossier, expert=room.expert))

    with pytest.raises(Refused, match="Il manque encore 1 évaluation"):
        room.open()


def test_only_the_bureau_opens(room):
    with pytest.raises(PermissionDenied):
        operations.open_session(room.session, actor=room.anne)


def test_a_session_does_not_begin_in_a_phase_that_hides_whom_it_ranks(room):
    blind = make_phase(room.call, may_score=True, names_applicants=False)

    with pytest.raises(Refused, match="ne le permet pas"):
        operations.open_session(room.session, actor=room.chair)

    with pgtrigger.ignore():
        blind.delete()
    make_phase(room.call, may_decide=True)
    operations.open_session(room.session, actor=room.chair)
    assert room.session.state == "open"


def test_a_vote_carried_gives_the_dossier_the_score_of_the_committee(room):
    _first, middle, _last = room.dossiers
    room.open()

    item = room.vote(middle, chair="for", anne="for", expert="abstain")

    assert (item.state, item.outcome, item.agreed) == ("settled", "carried", Decimal("4.5"))


def test_as_many_against_as_for_leave_the_score_of_the_reviews(room):
    room.open()

    item = room.vote(room.dossiers[1], chair="for", anne="against")

    assert (item.outcome, item.agreed) == ("rejected", None)


def test_a_voice_may_change_while_the_vote_is_open(room):
    room.open()
    item = room.voting(room.dossiers[1])
    operations.cast(item, "for", actor=room.anne)
    operations.cast(item, "against", actor=room.anne)

    assert [(b.member.user, b.choice) for b in item.ballots.all()] == [(room.anne, "against")]


def test_a_vote_by_a_member_who_is_out_is_refused_and_not_counted(room):
    dossier = room.dossiers[1]
    declare_interest(room.expert, dossier, kind="employment", actor=room.officer)
    room.open()
    item = room.voting(dossier)

    with pytest.raises(Refused, match="votre voix n’a pas été comptée"):
        operations.cast(item, "for", actor=room.expert.user)

    assert item.ballots.count() == 0
    out = item.withdrawals.get()
    assert (out.member.user, out.origin) == (room.expert.user, "known")


def test_somebody_of_the_company_is_out_without_saying_so(room):
    join(room.anne, room.dossiers[0].organisation)
    room.open()

    item = room.call_up(room.dossiers[0])

    assert [one.member.user for one in item.withdrawals.all()] == [room.anne]


def test_leaving_in_the_middle_of_a_vote_takes_the_ballot_back(room):
    room.open()
    item = room.voting(room.dossiers[1])
    operations.cast(item, "for", actor=room.anne)

    operations.withdraw(item, room.member(room.anne), actor=room.anne)

    assert item.ballots.count() == 0
    assert item.withdrawals.get().origin == "declared"


def test_a_member_does_not_put_another_one_out(room):
    room.open()
    item = room.call_up(room.dossiers[1])

    with pytest.raises(PermissionDenied):
        operations.withdraw(item, room.member(room.chair), actor=room.anne)


def test_the_quorum_is_counted_without_those_who_are_out_at_every_vote():
    room = Room([5, 5, 5], [4, 3, 4], quorum=3)
    room.open()
    item = room.voting(room.dossiers[0])
    operations.cast(item, "for", actor=room.anne)
    operations.withdraw(item, room.member(room.expert.user), actor=room.expert.user)

    with pytest.raises(Refused, match="2 membres peuvent voter, il en faut 3"):
        operations.settle(item, actor=room.chair)


def test_somebody_absent_does_not_vote(room):
    room.open(room.anne)
    item = room.voting(room.dossiers[0])

    with pytest.raises(Refused, match="Signalez d’abord votre présence"):
        operations.cast(item, "for", actor=room.anne)


def test_a_voice_after_the_vote_is_refused(room):
    room.open()
    item = room.vote(room.dossiers[1], chair="for", anne="for")

    with pytest.raises(Refused, match="n’est pas ouvert"):
        operations.cast(item, "against", actor=room.expert.user)


def test_the_secretary_does_not_vote(room):
    room.open()
    item = room.voting(room.dossiers[1])

    with pytest.raises(Refused, match="secrétariat"):
        operations.cast(item, "for", actor=room.second)


def test_another_dossier_waits_for_the_end_of_a_vote(room):
    room.open()
    room.voting(room.dossiers[1])

    with pytest.raises(Refused, match="Un vote est ouvert"):
        room.call_up(room.dossiers[0])


def test_a_dossier_taken_again_is_voted_anew(room):
    room.open()
    room.vote(room.dossiers[1], chair="for", anne="for")

    item = room.vote(room.dossiers[1], chair="against", anne="against")

    assert (item.round, item.outcome) == (2, "rejected")
    assert item.ballots.count() == 4


@pytest.mark.parametrize("score", ["-0.01", "5.01", "NaN"])
def test_a_proposal_outside_the_scale_is_refused(room, score):
    room.open()
    item = room.call_up(room.dossiers[1])

    with pytest.raises(Refused, match="de 0 à 5"):
        operations.put_to_vote(item, proposed=Decimal(score), note="", actor=room.chair)


def test_a_session_without_votes_writes_the_score_agreed():
    room = Room([5, 5, 5], [4, 3, 4], mode="consensus").open()
    item = room.call_up(room.dossiers[0])

    operations.agree(item, proposed=Decimal("2.25"), note="Trop cher.", actor=room.chair)

    assert (item.outcome, item.agreed, item.note) == ("carried", Decimal("2.25"), "Trop cher.")


def test_remarks_are_for_those_in_the_room(room):
    room.open(room.anne)
    item = room.call_up(room.dossiers[1])
    operations.remark(item, "Le marché est étroit.", actor=room.expert.user)

    with pytest.raises(Refused, match="présence"):
        operations.remark(item, "Moi aussi.", actor=room.anne)
    assert [r.text for r in item.remarks.all()] == ["Le marché est étroit."]
