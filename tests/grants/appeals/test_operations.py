from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from accounts.access import Refused
from accounts.notifications.models import Notification
from grants.appeals import operations
from grants.appeals.evidence import digest_of
from grants.appeals.models import Appeal
from grants.decisions.models import Decision
from grants.letters.models import FirstReading
from grants.letters.operations import open_letter
from tests.grants.decisions.scene import Scene
from tests.grants.decisions.test_operations import voted
from tests.grants.letters.scene import announced, make_letter

pytestmark = pytest.mark.django_db
GROUNDS = "La note oublie deux clients pilotes, signés avant le dépôt."


def filed(scene, rank=3, kind="gracious"):
    decision = scene.decisions()[rank - 1]
    return operations.file(decision, kind=kind, grounds=GROUNDS, actor=decision.dossier.created_by)


def grant(appeal, scene, amount=20_000, **changed):
    values = {
        "reply": "Les deux engagements sont établis.",
        "body": "la Commission permanente",
        "held_on": timezone.localdate(),
        "number": "CP/2026-12/03",
        "actor": scene.manager,
        **changed,
    }
    return operations.grant(appeal, amount=Decimal(amount), **values)


def rich():
    """150 000 € are left when the decisions are announced."""
    scene = Scene(endowed=300_000)
    announced(scene)
    return scene


def test_a_company_contests_and_both_sides_are_told_with_the_day_of_silence():
    scene = rich()
    letter = make_letter(scene.decisions()[2])
    open_letter(letter, actor=letter.decision.dossier.created_by)

    appeal = filed(scene)

    assert appeal.notified_on == timezone.localdate(FirstReading.objects.get().at)
    assert appeal.received_on == timezone.localdate()
    told = Notification.objects.filter(kind__startswith="appeal_")
    assert {one.kind for one in told} == {"appeal_filed", "appeal_received"}
    assert "il sera considéré comme rejeté" in told.filter(kind="appeal_received")[0].body


def test_what_the_decision_rested_on_is_frozen_with_its_digest():
    scene = rich()

    appeal = filed(scene)

    assert appeal.sha256 == digest_of(appeal.evidence)
    assert appeal.evidence["ranking"]["sha256"] == scene.call.ranking.sha256
    assert appeal.evidence["vote"]["number"] == "CP/2026-11/12.07"
    with pytest.raises(IntegrityError, match="appeal_frozen"):
        Appeal.objects.update(evidence={})


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"kind": "court"}, "devant le tribunal"), ({"grounds": "  "}, "motifs du recours")],
)
def test_an_appeal_that_cannot_be_is_refused(changed, said):
    scene = rich()
    decision = scene.decisions()[2]
    values = {"kind": "gracious", "grounds": GROUNDS, **changed}

    with pytest.raises(Refused, match=said):
        operations.file(decision, actor=decision.dossier.created_by, **values)


def test_one_appeal_of_a_kind_at_a_time():
    scene = rich()
    filed(scene)

    with pytest.raises(Refused, match="déjà à l’examen"):
        filed(scene)
    assert filed(scene, kind="hierarchical").state == "filed"


def test_nothing_is_contested_before_the_announcement():
    scene = Scene()
    voted(scene)

    with pytest.raises(Refused, match="pas encore annoncée"):
        filed(scene)


def test_an_officer_enters_a_paper_one_of_any_kind():
    scene = rich()
    decision = scene.decisions()[2]
    today = timezone.localdate()
    values = {"grounds": GROUNDS, "actor": scene.officer, "reference": " 2600123 "}

    appeal = operations.enter(
        decision, kind="court", received_on=today, notified_on=today, **values
    )

    assert (appeal.is_paper, appeal.reference, appeal.notified_on) == (True, "2600123", today)
    for wrong, said in ((1, "à venir"), (-1, "précéder l’annonce")):
        with pytest.raises(Refused, match=said):
            operations.enter(
                decision, kind="gracious", received_on=today + timedelta(days=wrong), **values
            )


def test_staff_may_not_contest_nor_the_officer_answer():
    scene = rich()
    decision = scene.decisions()[2]

    with pytest.raises(PermissionDenied):
        operations.file(decision, kind="gracious", grounds=GROUNDS, actor=scene.officer)
    with pytest.raises(PermissionDenied):
        operations.reject(filed(scene), reply="Non.", actor=scene.officer)


def test_a_rejection_needs_its_reasons_and_is_told():
    scene = rich()
    appeal = filed(scene)

    with pytest.raises(Refused, match="réponse"):
        operations.reject(appeal, reply=" ", actor=scene.manager)
    operations.reject(appeal, reply="La note est confirmée.", actor=scene.manager)

    assert appeal.state == "rejected"
    assert Notification.objects.filter(kind="appeal_rejected").count() == 1
    assert [step.step for step in appeal.history.all()] == ["reject"]


def test_a_granted_appeal_commits_moves_and_tells_in_one_step():
    scene = rich()
    appeal = filed(scene)

    grant(appeal, scene)

    decision = scene.decisions()[2]
    scene.envelope.refresh_from_db()
    assert (decision.outcome, decision.amount, decision.entry) == ("award", 20_000, appeal.entry)
    assert decision.dossier.state == "awarded"
    assert scene.envelope.committed == Decimal(170_000)
    assert Notification.objects.filter(kind="appeal_granted").count() == 1
    assert "CP/2026-12/03" in decision.dossier.history.get(step="award_on_appeal").reason
    letter = make_letter(decision)
    assert letter.kind == "partial"
    assert "CP/2026-12/03" in letter.content["deliberation"]


def test_a_granted_appeal_raises_a_partial_award_by_what_was_missing():
    scene = rich()
    appeal = filed(scene, rank=2)

    grant(appeal, scene, 90_000)

    decision = scene.decisions()[1]
    assert decision.amount == Decimal(90_000)
    assert -appeal.entry.amount == Decimal(40_000)
    assert decision.entry != appeal.entry


@pytest.mark.parametrize(
    ("rank", "changed", "said"),
    [
        (3, {"amount": 100_001}, "Au plus 100"),
        (3, {"amount": 0}, "Le montant dépasse"),
        (2, {"amount": 50_000}, "Le montant dépasse"),
        (3, {"reply": " "}, "réponse"),
        (3, {"days": 1}, "délibération date"),
        (3, {"days": -1}, "délibération date"),
    ],
)
def test_a_grant_that_cannot_be_changes_nothing(rank, changed, said):
    scene = rich()
    appeal = filed(scene, rank=rank)
    before = scene.decisions()[rank - 1].amount
    changed = dict(changed)
    days = changed.pop("days", 0)
    held_on = timezone.localdate() + timedelta(days=days)

    with pytest.raises(Refused, match=said):
        grant(appeal, scene, held_on=held_on, **changed)

    assert scene.decisions()[rank - 1].amount == before
    scene.envelope.refresh_from_db()
    assert scene.envelope.committed == Decimal(150_000)


def test_a_grant_the_envelope_cannot_bear_is_refused():
    scene = Scene(endowed=160_000)
    announced(scene)
    appeal = filed(scene)

    with pytest.raises(Refused, match="Il reste 10"):
        grant(appeal, scene)

    assert scene.decisions()[2].outcome == "refuse"
    assert scene.decisions()[2].dossier.state == "refused"


def test_an_appeal_is_answered_once():
    scene = rich()
    appeal = filed(scene)
    grant(appeal, scene)

    with pytest.raises(Refused, match="déjà reçu"):
        grant(appeal, scene, 30_000)


def test_the_database_refuses_an_amount_without_a_granted_appeal():
    scene = rich()
    filed(scene)
    pk = scene.decisions()[2].pk
    entry = scene.envelope.entries.create(
        kind="commitment", amount=-1, reason="x", actor=scene.manager
    )

    with pytest.raises(IntegrityError, match="decision_frozen"), transaction.atomic():
        Decision.objects.filter(pk=pk).update(outcome="award", amount=1, entry=entry)
    with pytest.raises(ProgrammingError, match="Cannot delete"):
        Appeal.objects.all().delete()


def test_a_company_withdraws_its_own():
    scene = rich()
    appeal = filed(scene)

    with pytest.raises(PermissionDenied):
        operations.withdraw(appeal, actor=scene.manager)
    operations.withdraw(appeal, actor=appeal.filed_by)

    assert appeal.state == "withdrawn"
    assert Notification.objects.filter(kind="appeal_withdrawn").exists()
