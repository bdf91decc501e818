import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.access import Refused
from accounts.people.models import User
from grants.core.flow import lock, write
from grants.dossiers.flow import FLOW
from grants.dossiers.models import Dossier, DossierStep
from tests.factories import make_dossier, make_staff, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier():
    return make_dossier(state="submitted")


@pytest.fixture
def officer(dossier):
    return make_staff(dossier.call.programme)


def test_a_step_writes_state_stamps_and_history_together(dossier, officer):
    at = timezone.now()

    FLOW.take("admit", dossier, actor=officer, reason="Complet.", submitted_at=at)

    kept = Dossier.objects.get(pk=dossier.pk)
    assert (kept.state, kept.submitted_at) == ("admissible", at)
    step = dossier.history.get()
    assert (step.actor, step.step, step.source, step.target, step.reason) == (
        officer,
        "admit",
        "submitted",
        "admissible",
        "Complet.",
    )


def test_a_wrong_state_is_refused_with_its_name(dossier, officer):
    with pytest.raises(Refused, match="Déposé"):
        FLOW.take("start_review", dossier, actor=officer)

    assert dossier.history.count() == 0


def test_a_missing_right_is_denied(dossier):
    with pytest.raises(PermissionDenied):
        FLOW.take("admit", dossier, actor=make_user())

    dossier.refresh_from_db()
    assert (dossier.state, dossier.history.count()) == ("submitted", 0)


def test_an_impossible_stamp_leaves_no_state_and_no_history(dossier, officer):
    with pytest.raises(IntegrityError, match="dossier_draft_xor_submitted_at"):
        FLOW.take("admit", dossier, actor=officer, submitted_at=None)

    kept = Dossier.objects.get(pk=dossier.pk)
    assert (kept.state, kept.history.count()) == ("submitted", 0)


def test_a_stale_copy_does_not_decide(dossier, officer):
    stale = Dossier.objects.get(pk=dossier.pk)
    FLOW.take("admit", dossier, actor=officer)

    with pytest.raises(Refused):
        FLOW.take("reject", stale, actor=officer)

    assert dossier.history.count() == 1


def test_a_step_writes_no_other_column(dossier, officer):
    dossier.title = "Un titre que personne n’a enregistré"

    FLOW.take("admit", dossier, actor=officer)

    assert Dossier.objects.get(pk=dossier.pk).title == "Hydrogène vert"


def test_steps_offered_are_those_that_would_be_taken(dossier, officer):
    applicant = dossier.created_by
    people = {"officer": officer, "applicant": applicant, "stranger": make_user()}

    for person in people.values():
        assert FLOW.open_steps(person, dossier) == {
            step for step in FLOW.steps if is_taken(step, dossier.pk, person)
        }

    assert FLOW.open_steps(officer, dossier) == {"ask_completion", "admit", "reject"}
    assert FLOW.open_steps(applicant, dossier) == {"withdraw"}
    assert FLOW.open_steps(people["stranger"], dossier) == set()


def is_taken(step, pk, person):
    with transaction.atomic():
        try:
            FLOW.take(step, Dossier.objects.get(pk=pk), actor=User.objects.get(pk=person.pk))
        except (Refused, PermissionDenied):
            return False
        transaction.set_rollback(True)
    return True


def test_an_unknown_step_is_a_mistake_of_ours(dossier, officer):
    with pytest.raises(KeyError):
        FLOW.take("dance", dossier, actor=officer)


def test_write_saves_the_named_columns_only(dossier):
    dossier.title = "Autre"

    write(dossier, department="34")

    kept = Dossier.objects.get(pk=dossier.pk)
    assert (kept.department, kept.title) == ("34", "Hydrogène vert")


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_take_one_step():
    dossier = make_dossier(state="submitted")
    officer = make_staff(dossier.call.programme)
    outcomes = []

    def admit():
        try:
            FLOW.take("admit", Dossier.objects.get(pk=dossier.pk), actor=officer)
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    with transaction.atomic():
        lock(dossier)
        both = [threading.Thread(target=admit) for _n in range(2)]
        for thread in both:
            thread.start()
    for thread in both:
        thread.join(timeout=60)

    assert sorted(outcomes) == ["done", "refused"]
    assert dossier.history.count() == 1


@pytest.mark.parametrize(
    "change", [lambda rows: rows.update(reason="Autre"), lambda rows: rows.delete()]
)
def test_history_is_never_changed(dossier, officer, change):
    FLOW.take("admit", dossier, actor=officer)

    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        change(dossier.history.all())


def test_a_step_says_from_where_to_where(dossier, officer):
    pair = {"source": "submitted", "target": "admissible"}
    step = DossierStep(dossier=dossier, actor=officer, step="admit", **pair)

    assert str(step) == "admit : submitted → admissible"
