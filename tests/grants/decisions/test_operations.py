from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from accounts.access import Refused
from accounts.notifications.models import Notification
from grants.decisions.models import Decision, Ranking
from grants.decisions.operations import (
    announce,
    check,
    prepare,
    propose,
    receive_ranking,
    revise,
    send_back,
)
from grants.funding.models import Entry
from grants.votes.operations import report
from tests.grants.decisions.scene import Scene, vote

pytestmark = pytest.mark.django_db
REASON = "Le reste de l’enveloppe permet la première tranche."


def test_a_ranking_received_moves_call_and_dossiers():
    scene = Scene()

    ranking = scene.ranked()

    assert scene.call.state == "ranked"
    assert [line.dossier_id for line in ranking.lines.all()] == [d.pk for d in scene.dossiers]
    assert {d.state for d in scene.call.dossiers.all()} == {"ranked"}


def test_a_ranking_that_forgets_a_dossier_is_refused():
    scene = Scene(scores=("4.2", "3.1"))
    short = Scene(scores=("4.2",)).order([scene.dossiers[0]])

    with pytest.raises(Refused, match="tous les dossiers"):
        receive_ranking(scene.call, short, actor=scene.manager)

    assert not Ranking.objects.filter(call=scene.call).exists()


def test_an_officer_cannot_hand_over_a_ranking():
    scene = Scene()

    with pytest.raises(PermissionDenied):
        receive_ranking(scene.call, scene.order(), actor=scene.officer)


def test_the_proposal_descends_the_order_and_offers_the_rest():
    scene = Scene()

    scene.prepared()

    assert [(d.outcome, d.amount, d.reserve_rank) for d in scene.decisions()] == [
        ("award", Decimal(100_000), None),
        ("award", Decimal(50_000), None),
        ("refuse", Decimal(0), None),
    ]


def test_a_rest_below_the_least_useful_amount_is_not_offered():
    scene = Scene(endowed=120_000)

    scene.prepared()

    assert [(d.outcome, d.reserve_rank) for d in scene.decisions()] == [
        ("award", None),
        ("reserve", 1),
        ("refuse", None),
    ]


def test_preparing_twice_gives_the_same_proposal():
    scene = Scene()
    first = scene.prepared()

    assert prepare(scene.call, envelope=scene.envelope, actor=scene.manager) == first


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (Decimal("100000.01"), "Au plus 100"),
        (Decimal(100_000), "Il ne reste que 50"),
    ],
)
def test_an_amount_over_its_ceiling_or_the_envelope_is_refused(amount, said):
    scene = Scene()
    scene.prepared()
    second = scene.decisions()[1]

    with pytest.raises(Refused, match=said):
        revise(second, amount=amount, reason=REASON, version=1, actor=scene.manager)


def test_an_amount_read_at_an_older_version_is_refused():
    scene = Scene()
    scene.prepared()
    second = scene.decisions()[1]
    revise(second, amount=Decimal(40_000), reason=REASON, version=1, actor=scene.manager)

    with pytest.raises(Refused, match="autre personne"):
        revise(second, amount=Decimal(45_000), reason=REASON, version=1, actor=scene.second)


def test_giving_nothing_puts_on_the_reserve_list():
    scene = Scene()
    scene.prepared()
    second = scene.decisions()[1]

    revise(second, amount=Decimal(0), reason="", version=1, actor=scene.manager)

    assert [(d.outcome, d.reserve_rank) for d in scene.decisions()][1] == ("reserve", 1)


def test_a_partial_award_needs_a_reason_before_it_is_proposed():
    scene = Scene()
    allocation = scene.prepared()

    with pytest.raises(Refused, match="motif"):
        propose(allocation, actor=scene.manager)


def test_passing_over_a_better_ranked_dossier_needs_a_reason():
    scene = Scene(endowed=200_000)
    allocation = scene.prepared()
    revise(scene.decisions()[0], amount=Decimal(0), reason="", version=1, actor=scene.manager)

    with pytest.raises(Refused, match=scene.dossiers[0].reference):
        propose(allocation, actor=scene.manager)


def proposed(scene):
    allocation = scene.prepared()
    revise(
        scene.decisions()[1], amount=Decimal(50_000), reason=REASON, version=1, actor=scene.manager
    )
    return propose(allocation, actor=scene.manager)


def checked(scene):
    return check(proposed(scene), actor=scene.second)


def reported(scene):
    allocation = checked(scene)
    report(allocation, actor=scene.manager)
    return allocation


def voted(scene):
    return vote(checked(scene), actor=scene.manager)


def test_whoever_prepared_cannot_check():
    scene = Scene()
    allocation = proposed(scene)

    with pytest.raises(Refused, match="autre personne"):
        check(allocation, actor=scene.manager)


def test_whoever_changed_an_amount_cannot_check():
    scene = Scene()
    allocation = scene.prepared()
    first, second, _third = scene.decisions()
    revise(second, amount=Decimal(50_000), reason=REASON, version=1, actor=scene.second)
    propose(allocation, actor=scene.manager)

    with pytest.raises(Refused, match="autre personne"):
        check(allocation, actor=scene.second)
    assert first.revised_by is None


def test_the_database_refuses_one_person_preparing_and_checking():
    scene = Scene()
    allocation = proposed(scene)

    with pytest.raises(IntegrityError, match="allocation_checked_by_a_second_person"):
        type(allocation).objects.filter(pk=allocation.pk).update(
            state="checked", checked_by=scene.manager, checked_at=timezone.now()
        )


def test_a_proposed_amount_no_longer_changes_even_by_sql():
    scene = Scene()
    proposed(scene)

    with pytest.raises(IntegrityError, match="decision_frozen"):
        Decision.objects.filter(rank=2, allocation=scene.call.allocation).update(amount=1)


def test_sending_back_needs_a_reason_and_voids_the_check():
    scene = Scene()
    allocation = checked(scene)

    with pytest.raises(Refused):
        send_back(allocation, reason=" ", actor=scene.second)
    send_back(allocation, reason="Revoir le rang 2.", actor=scene.second)

    assert (allocation.state, allocation.checked_by) == ("preparing", None)


def test_announcing_without_a_deliberation_is_refused():
    scene = Scene()
    allocation = reported(scene)

    with pytest.raises(Refused, match="délibération"):
        announce(allocation, actor=scene.manager)


def test_announcing_commits_moves_and_tells():
    scene = Scene()

    announce(voted(scene), actor=scene.manager)

    scene.envelope.refresh_from_db()
    scene.call.refresh_from_db()
    assert scene.envelope.committed == Decimal(150_000)
    assert [d.state for d in scene.call.dossiers.order_by("rank_line__rank")] == [
        "awarded",
        "awarded",
        "refused",
    ]
    assert scene.call.state == "decided"
    assert Notification.objects.filter(kind__startswith="decision_").count() == 3


def test_announcing_twice_commits_once():
    scene = Scene()
    allocation = voted(scene)
    announce(allocation, actor=scene.manager)

    with pytest.raises(Refused, match="déjà annoncées"):
        announce(allocation, actor=scene.manager)

    assert Entry.objects.filter(kind="commitment").count() == 2


def test_an_envelope_spent_meanwhile_stops_the_whole_announcement():
    scene = Scene()
    allocation = voted(scene)
    scene.envelope.entries.create(
        kind="commitment", amount=-120_000, reason="Autre appel", actor=scene.manager
    )

    with pytest.raises(Refused):
        announce(allocation, actor=scene.manager)

    allocation.refresh_from_db()
    assert allocation.state == "voted"
    assert not Entry.objects.filter(reference=scene.dossiers[0].reference).exists()
    assert {d.state for d in scene.call.dossiers.all()} == {"ranked"}


@pytest.mark.parametrize("table", ["grants_ranking", "grants_rankline"])
def test_a_received_order_is_never_changed(table):
    scene = Scene()
    scene.ranked()
    column = "method = 'x'" if table == "grants_ranking" else "rank = 99"

    with (
        pytest.raises(ProgrammingError, match="Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {table} SET {column}")  # noqa: S608 - two literals above
