"""What a proposal is refused for, at each of its steps."""

from decimal import Decimal

import pytest

from accounts.access import Refused
from grants.decisions.operations import prepare, propose, revise
from grants.funding.operations import commit
from grants.votes.operations import report
from tests.grants.decisions.scene import Scene

pytestmark = pytest.mark.django_db
REASON = "Motif relu en comité."


def test_nothing_is_prepared_before_the_ranking_is_settled():
    scene = Scene()

    with pytest.raises(Refused, match="n’est pas encore arrêté"):
        prepare(scene.call, envelope=scene.envelope, actor=scene.manager)


def test_money_committed_elsewhere_meanwhile_stops_the_proposal():
    scene = Scene()
    allocation = scene.prepared()
    allocation.decisions.filter(rank=2).update(reason=REASON)
    commit(scene.envelope, Decimal("0.01"), reason="Avenant", actor=scene.manager)

    with pytest.raises(Refused, match=r"il reste 149.999,99"):
        propose(allocation, actor=scene.manager)

    allocation.refresh_from_db()
    assert allocation.state == "preparing"


def test_a_proposal_that_keeps_nobody_is_refused():
    scene = Scene()
    allocation = scene.prepared()
    for decision in scene.decisions()[:2]:
        revise(decision, amount=Decimal(0), reason=REASON, version=1, actor=scene.manager)

    with pytest.raises(Refused, match="la proposition est vide"):
        propose(allocation, actor=scene.manager)


def test_an_amount_no_longer_changes_once_handed_over():
    scene = Scene()
    allocation = scene.prepared()
    second = scene.decisions()[1]
    revise(second, amount=Decimal(40_000), reason=REASON, version=1, actor=scene.manager)
    propose(allocation, actor=scene.manager)

    with pytest.raises(Refused, match="déjà transmise"):
        revise(second, amount=Decimal(30_000), reason=REASON, version=2, actor=scene.manager)


def test_nothing_is_put_to_the_vote_before_the_check():
    scene = Scene()
    allocation = scene.prepared()

    with pytest.raises(Refused, match="ne permet pas"):
        report(allocation, actor=scene.manager)
