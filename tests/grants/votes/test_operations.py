from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.access import Refused
from grants.decisions.models import Decision
from grants.decisions.operations import announce
from grants.votes import operations
from grants.votes.models import Amendment, Recusal, Report
from tests.grants.decisions.scene import Scene
from tests.grants.decisions.test_operations import checked, reported, voted

pytestmark = pytest.mark.django_db
BECAUSE = "L’assemblée réserve une part à la filière hydrogène."


def amended(scene, rank=1, *, outcome="award", amount=80_000, reason=BECAUSE):
    decision = scene.decisions()[rank - 1]
    return operations.amend(
        decision, outcome=outcome, amount=Decimal(amount), reason=reason, actor=scene.manager
    )


def lines(scene):
    return [(d.outcome, int(d.amount), d.reserve_rank) for d in scene.decisions()]


def test_the_report_freezes_what_is_put_to_the_vote():
    scene = Scene()
    reported(scene)

    content = Report.objects.get().content

    assert [(one["outcome"], one["amount"]) for one in content["lines"]] == [
        ("award", "100000.00"),
        ("award", "50000.00"),
        ("refuse", "0.00"),
    ]
    assert content["envelope"]["left_after"] == "0.00"
    assert "seuil publié" in content["lines"][2]["shortfall"]


def test_only_the_manager_puts_to_the_vote():
    scene = Scene()
    allocation = checked(scene)

    with pytest.raises(PermissionDenied):
        operations.report(allocation, actor=scene.officer)


def test_an_amendment_changes_the_line_and_keeps_the_proposal():
    scene = Scene()
    reported(scene)

    amendment = amended(scene)

    assert lines(scene)[0] == ("award", 80_000, None)
    assert (amendment.proposed_outcome, amendment.proposed_amount) == ("award", 100_000)
    assert scene.decisions()[0].reason == BECAUSE


def test_an_amended_outcome_moves_the_reserve_list():
    scene = Scene(scores=("4.2", "3.1", "3.0"))
    reported(scene)
    assert lines(scene)[2] == ("reserve", 0, 1)

    amended(scene, 2, outcome="reserve", amount=0)
    assert lines(scene)[1:] == [("reserve", 0, 1), ("reserve", 0, 2)]
    amended(scene, 3, outcome="refuse", amount=0)

    assert lines(scene)[1:] == [("reserve", 0, 1), ("refuse", 0, None)]


def test_an_amendment_entered_by_mistake_is_struck_out():
    scene = Scene()
    reported(scene)
    before = lines(scene)
    amended(scene)
    amended(scene, amount=70_000)

    operations.cancel_amendment(scene.decisions()[0], actor=scene.manager)

    assert lines(scene) == before
    assert not Amendment.objects.exists()


@pytest.mark.parametrize(
    ("rank", "change", "said"),
    [
        (1, {"reason": " "}, "motif"),
        (1, {"amount": 100_000}, "rien à amender"),
        (1, {"amount": 0}, "montant voté"),
        (1, {"amount": 100_001}, "Au plus 100"),
        (2, {"amount": 50_001}, "Il ne reste que 50"),
        (3, {"amount": 1_000}, "minimum publié"),
    ],
)
def test_an_amendment_that_cannot_be_is_refused_and_changes_nothing(rank, change, said):
    scene = Scene()
    reported(scene)
    before = lines(scene)

    with pytest.raises(Refused, match=said):
        amended(scene, rank, **change)

    assert lines(scene) == before


def test_the_database_refuses_a_voted_line_without_its_amendment():
    scene = Scene()
    reported(scene)

    with pytest.raises(IntegrityError, match="decision_frozen"):
        Decision.objects.filter(pk=scene.decisions()[0].pk).update(amount=1)


def test_once_voted_the_database_refuses_another_amendment_or_recusal():
    scene = Scene()
    voted(scene)
    line = scene.decisions()[0]
    values = {"proposed_outcome": "award", "proposed_amount": 2, "amount": 1, "outcome": "award"}

    with pytest.raises(IntegrityError, match="vote_closed"), transaction.atomic():
        Amendment.objects.create(decision=line, reason="x", by=scene.manager, **values)
    with pytest.raises(IntegrityError, match="vote_closed"):
        Recusal.objects.create(decision=line, member="x", by=scene.manager)


@pytest.mark.parametrize(
    ("days", "said"), [(1, "pas encore eu lieu"), (-1, "rapport a été établi|classement a été")]
)
def test_a_vote_on_an_impossible_day_is_refused(days, said):
    scene = Scene()
    allocation = reported(scene)
    day = timezone.localdate() + timedelta(days=days)

    with pytest.raises(Refused, match=said):
        operations.deliberate(allocation, body="CP", held_on=day, number="1", actor=scene.manager)


def test_a_vote_needs_its_report():
    scene = Scene()
    allocation = checked(scene)

    with pytest.raises(Refused, match="une fois le rapport établi"):
        operations.deliberate(
            allocation, body="CP", held_on=timezone.localdate(), number="1", actor=scene.manager
        )


def test_a_vote_over_an_envelope_spent_meanwhile_is_refused():
    scene = Scene()
    allocation = reported(scene)
    scene.envelope.entries.create(
        kind="commitment", amount=-120_000, reason="Autre appel", actor=scene.manager
    )

    with pytest.raises(Refused, match="dépasse l’enveloppe"):
        operations.deliberate(
            allocation, body="CP", held_on=timezone.localdate(), number="1", actor=scene.manager
        )


def test_an_elected_member_is_recused_once_for_a_dossier():
    scene = Scene()
    allocation = reported(scene)
    for _twice in range(2):
        operations.recuse(
            allocation, member=" Une élue ", decisions=scene.decisions()[:2], actor=scene.manager
        )

    found = Recusal.objects.values_list("member", "decision__rank")

    assert list(found) == [("Une élue", 1), ("Une élue", 2)]


def test_a_vote_taken_back_is_entered_again():
    scene = Scene()
    allocation = voted(scene)

    with pytest.raises(Refused):
        operations.reopen(allocation, reason=" ", actor=scene.manager)
    operations.reopen(allocation, reason="Mauvais numéro.", actor=scene.manager)

    assert (allocation.state, allocation.deliberation) == ("reported", "")
    with pytest.raises(Refused, match="délibération"):
        announce(allocation, actor=scene.manager)


def test_an_adjourned_report_goes_back_as_it_was_proposed():
    scene = Scene()
    allocation = reported(scene)
    before = lines(scene)
    amended(scene)
    operations.recuse(
        allocation, member="Une élue", decisions=scene.decisions()[:1], actor=scene.manager
    )

    operations.adjourn(allocation, reason="Séance reportée.", actor=scene.manager)

    assert (allocation.state, allocation.checked_by) == ("preparing", None)
    assert lines(scene) == before
    assert not Recusal.objects.exists()
    assert Report.objects.count() == 1


def test_what_was_voted_is_what_is_announced():
    scene = Scene()
    allocation = reported(scene)
    amended(scene)
    operations.deliberate(
        allocation, body="CP", held_on=timezone.localdate(), number="CP/1", actor=scene.manager
    )

    announce(allocation, actor=scene.manager)

    scene.envelope.refresh_from_db()
    assert scene.envelope.committed == Decimal(130_000)


def test_a_dossier_withdrawn_before_the_announcement_receives_nothing():
    scene = Scene()
    allocation = voted(scene)
    scene.dossiers[0].refresh_from_db()
    scene.dossiers[0].state = "withdrawn"
    scene.dossiers[0].save(update_fields=["state"])

    announce(allocation, actor=scene.manager)

    scene.envelope.refresh_from_db()
    assert scene.envelope.committed == Decimal(50_000)
    assert not Decision.objects.awarded().filter(dossier=scene.dossiers[0]).exists()
