import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.access import Refused
from accounts.notifications.models import Notification
from grants.programmes.states import Role
from reviews.assignments.models import Assignment
from reviews.assignments.operations import Changed, add, declare_interest, remove
from reviews.evaluations.models import Evaluation, Score
from reviews.evaluations.operations import hand_out
from reviews.experts.models import Interest
from tests.factories import make_assignment, make_evaluation, make_expert, make_staff
from tests.reviews.assignments.scene import Pool

pytestmark = pytest.mark.django_db
Kind = Interest.Kind


def test_applying_gives_readers_grids_and_one_message_each():
    pool = Pool(dossiers=3, experts=2, reviews=2)

    given = pool.apply()

    assert len(given) == Assignment.objects.count() == Evaluation.objects.count() == 6
    assert Score.objects.filter(value=None).count() == 12
    assert {d.state for d in pool.call.dossiers.all()} == {"in_review"}
    assert {a.due_at for a in given} == {pool.call.reviews_due_at}
    told = Notification.objects.filter(kind="review_assigned")
    assert {n.recipient for n in told} == {e.user for e in pool.experts}
    assert told.count() == 2


def test_applying_a_proposal_that_changed_since_stores_nothing():
    pool = Pool()
    digest = pool.propose().digest
    make_expert(pool.call, level=3)

    with pytest.raises(Changed, match="voici la nouvelle"):
        pool.apply(digest)

    assert not Assignment.objects.exists()
    assert {d.state for d in pool.call.dossiers.all()} == {"admissible"}


def test_applying_twice_gives_once():
    pool = Pool()
    digest = pool.propose().digest
    pool.apply(digest)
    told = Notification.objects.count()

    with pytest.raises(Changed, match="a déjà ses lecteurs"):
        pool.apply(digest)

    assert Assignment.objects.count() == 6
    assert Notification.objects.count() == told


def test_applying_before_the_call_is_in_review_is_refused():
    pool = Pool()
    type(pool.call).objects.filter(pk=pool.call.pk).update(state="ranked")

    with pytest.raises(Refused, match="Lancez d’abord"):
        pool.apply()


def test_applying_an_impossible_proposal_is_refused():
    pool = Pool(dossiers=1, experts=1, reviews=2)

    with pytest.raises(Refused, match="Aucune affectation complète"):
        pool.apply()


@pytest.mark.parametrize("role", [Role.FINANCE, Role.AUDITOR])
def test_only_officers_and_managers_apply(role):
    pool = Pool()

    with pytest.raises(PermissionDenied):
        hand_out(
            pool.call,
            digest=pool.propose().digest,
            actor=make_staff(pool.call.programme, role),
        )


def test_applying_stores_the_links_that_were_seen():
    pool = Pool(dossiers=1, experts=3, reviews=2)
    expert = pool.experts[0]
    expert.siren = pool.dossiers[0].organisation.siren
    expert.save()

    pool.apply()

    interest = Interest.objects.get()
    assert (interest.expert, interest.origin, interest.kind) == (
        expert,
        Interest.Origin.DETECTED,
        Kind.EMPLOYMENT,
    )


def test_a_link_seen_after_the_fact_takes_the_dossier_back():
    pool = Pool(dossiers=1, experts=3, reviews=2)
    [first, _second] = pool.apply()
    first.expert.siren = pool.dossiers[0].organisation.siren
    first.expert.save()

    pool.apply()

    first.refresh_from_db()
    assert first.state == "recused"
    assert Assignment.objects.active().count() == 2


def test_declaring_a_link_recuses_first():
    assignment = make_assignment()
    make_evaluation(assignment=assignment)
    officer = make_staff(assignment.dossier.call.programme)
    user = assignment.expert.user

    declare_interest(
        assignment.expert, assignment.dossier, kind=Kind.FAMILY, text="Mon frère.", actor=user
    )

    assignment.refresh_from_db()
    assert assignment.state == "recused"
    assert Interest.objects.get().kind == Kind.FAMILY
    assert not Evaluation.objects.written_by(user).exists()
    assert Notification.objects.get(recipient=officer).kind == "review_recused"


def test_a_link_once_declared_is_not_taken_back():
    assignment = make_assignment()
    expert, dossier = assignment.expert, assignment.dossier
    officer = make_staff(dossier.call.programme)
    declare_interest(expert, dossier, kind=Kind.OTHER, text="Client.", actor=officer)

    with pytest.raises(Refused, match="ne vous est pas confié"):
        declare_interest(expert, dossier, kind=Kind.NONE, actor=expert.user)

    assert Interest.objects.get().origin == Interest.Origin.OFFICER


def test_an_officer_cannot_say_no_link_for_an_expert():
    assignment = make_assignment(declared=False)
    officer = make_staff(assignment.dossier.call.programme)

    with pytest.raises(Refused, match="Seul l’expert"):
        declare_interest(assignment.expert, assignment.dossier, kind=Kind.NONE, actor=officer)


def test_nobody_declares_for_another_expert():
    assignment = make_assignment()
    other = make_expert(assignment.dossier.call)

    with pytest.raises(PermissionDenied):
        declare_interest(assignment.expert, assignment.dossier, kind=Kind.FAMILY, actor=other.user)


def test_the_database_refuses_an_assignment_against_a_conflict():
    pool = Pool(dossiers=1, experts=1)
    expert, dossier = pool.experts[0], pool.dossiers[0]
    Interest.objects.create(
        expert=expert, dossier=dossier, kind=Kind.FAMILY, declared_by=expert.user
    )

    with pytest.raises(IntegrityError, match="no_assignment_against_a_conflict"):
        make_assignment(dossier=dossier, expert=expert, declared=False)


def test_the_database_refuses_a_conflict_against_an_assignment():
    assignment = make_assignment()

    with (
        pytest.raises(IntegrityError, match="no_conflict_with_an_assignment"),
        transaction.atomic(),
    ):
        Interest.objects.update(kind=Kind.FAMILY)

    assignment.refresh_from_db()
    assert assignment.state == "active"


def added(pool, **overrides):
    return add(pool.dossiers[0], pool.experts[0], actor=pool.officer, **overrides)


def test_adding_by_hand_says_who_chose():
    pool = Pool(dossiers=1, experts=1)

    assignment = added(pool)

    assert assignment.because.startswith(f"Choisi par {pool.officer}.")
    pool.dossiers[0].refresh_from_db()
    assert pool.dossiers[0].state == "in_review"


def unsigned(pool):
    pool.experts[0].seats.update(undertaking_signed_at=None)


def linked(pool):
    Interest.objects.create(
        expert=pool.experts[0], dossier=pool.dossiers[0], kind="other", declared_by=pool.officer
    )


def full(pool):
    pool.experts[0].seats.update(capacity=0)


def reading(pool):
    added(pool)


def housemate(pool):
    added(pool)
    pool.experts.insert(0, make_expert(pool.call))
    for expert in pool.experts:
        expert.organisation = "CNRS"
        expert.save()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (unsigned, "pas signé"),
        (linked, "lien avec l’entreprise"),
        (full, "augmentez"),
        (reading, "lit déjà"),
        (housemate, "même organisme"),
    ],
)
def test_adding_by_hand_keeps_the_rules(spoil, told):
    pool = Pool(dossiers=1, experts=1)
    spoil(pool)
    before = Assignment.objects.count()

    with pytest.raises(Refused, match=told):
        added(pool)

    assert Assignment.objects.count() == before


def test_removing_tells_the_reader_why():
    assignment = make_assignment()
    officer = make_staff(assignment.dossier.call.programme)

    remove(assignment, reason="Charge trop lourde.", actor=officer)

    assert assignment.state == "removed"
    assert "Charge trop lourde." in Notification.objects.get(recipient=assignment.expert.user).body


def test_a_reader_who_handed_in_is_not_removed():
    evaluation = make_evaluation(submitted=True)
    officer = make_staff(evaluation.assignment.dossier.call.programme)

    with pytest.raises(Refused, match="remise"):
        remove(evaluation.assignment, reason="Non.", actor=officer)


def test_a_reviewer_removes_nobody():
    assignment = make_assignment()

    with pytest.raises(PermissionDenied):
        remove(assignment, reason="Non.", actor=assignment.expert.user)
