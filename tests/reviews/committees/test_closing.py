import hashlib
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from accounts.access import Refused
from grants.decisions.models import Ranking
from reviews.committees import operations
from reviews.committees.minutes import canonical
from reviews.committees.models import Session
from reviews.committees.records import Minutes
from tests.reviews.committees.scene import Room


@pytest.fixture
def room(db):
    return Room([5, 5, 5], [4, 3, 4], [1, 5, 3]).open()


def test_the_order_of_the_committee_is_handed_over(room):
    first, middle, last = room.dossiers
    room.vote(last, chair="for", anne="for")

    room.close()

    ranking = Ranking.objects.get(call=room.call)
    lines = [(line.dossier, line.rank, float(line.score)) for line in ranking.lines.all()]
    assert lines == [(first, 1, 5.0), (last, 2, 4.5), (middle, 3, pytest.approx(3.6667))]
    assert float(ranking.lines.get(dossier=last).raw) == 3.0
    assert ranking.content["committee"]["minutes_sha256"] == room.session.minutes.sha256


def test_the_digest_is_that_of_the_content(room):
    room.close()

    minutes = Minutes.objects.get(session=room.session)
    assert hashlib.sha256(canonical(minutes.content).encode()).hexdigest() == minutes.sha256


def test_a_vote_under_way_keeps_the_session_open(room):
    room.voting(room.dossiers[0])

    with pytest.raises(Refused, match="Un vote est ouvert"):
        room.close()


def test_whoever_closes_manages_the_programme(room):
    with pytest.raises(PermissionDenied):
        room.close(actor=room.anne)
    with pytest.raises(PermissionDenied):
        room.close(actor=room.officer)


def test_closing_a_second_time_is_refused(room):
    room.close()

    with pytest.raises(Refused, match="vient d’être close"):
        room.close(actor=room.second)


def test_after_the_end_nothing_changes_in_the_database(room):
    room.vote(room.dossiers[1], chair="for", anne="against", expert="for")
    operations.withdraw(room.call_up(room.dossiers[0]), room.member(room.anne), actor=room.anne)
    operations.remark(room.item(room.dossiers[0]), "Bien.", actor=room.chair)
    room.close()
    changes = [
        "UPDATE reviews_session SET quorum = 1",
        "DELETE FROM reviews_member",
        "UPDATE reviews_attendance SET left_at = NULL",
        "UPDATE reviews_item SET proposed = 1",
        "UPDATE reviews_ballot SET choice = 'for'",
        "DELETE FROM reviews_ballot",
        "UPDATE reviews_withdrawal SET at = now()",
        "DELETE FROM reviews_remark",
        "UPDATE reviews_minutes SET sha256 = ''",
        "INSERT INTO reviews_remark (item_id, author_id, text, at)"
        " SELECT item_id, author_id, text, at FROM reviews_remark",
    ]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


@pytest.mark.django_db(transaction=True)
def test_two_chairs_closing_at_once_close_once():
    room = Room([5, 5, 5], [4, 3, 4]).open()
    start = Barrier(2)

    def close(actor):
        session = Session.objects.get(pk=room.session.pk)
        start.wait()
        try:
            operations.close(session, actor=actor)
        except Refused as refusal:
            return str(refusal)
        else:
            return "closed"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(close, [room.chair, room.second]))

    assert answers == ["La séance vient d’être close par une autre personne.", "closed"]
    assert Ranking.objects.filter(call=room.call).count() == 1
    assert Minutes.objects.count() == 1
    assert room.session.history.filter(step="close").count() == 1
