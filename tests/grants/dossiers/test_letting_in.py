"""After closing, one named draft is let in until a date: granted, honoured, taken back, kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from accounts.access import Refused
from grants.dossiers.models import Dossier, Submission
from grants.dossiers.operations import let_in, save_answer, submit, take_back_access, withdraw
from grants.dossiers.records import LateAccess
from grants.programmes.models import Call
from grants.programmes.operations import start_review
from grants.programmes.states import CallState, Role
from tests.factories import make_staff, walk
from tests.grants.dossiers.complete import make_draft, make_ready, make_standard_call

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def closed(make=make_ready, **more):
    """A dossier whose call closed an hour ago, and the manager of its programme."""
    dossier = make(**more)
    now = timezone.now()
    Call.objects.filter(pk=dossier.call_id).update(closes_at=now - HOUR)
    dossier.call.refresh_from_db()
    return dossier, make_staff(dossier.call.programme, Role.MANAGER)


@pytest.fixture
def late():
    return closed()


def grant(dossier, manager, *, hours=24):
    return let_in(
        dossier, until=timezone.now() + hours * HOUR, reason="Panne du service le dernier jour",
        actor=manager,
    )  # fmt: skip


def test_without_a_grant_the_submission_is_refused_and_nothing_is_saved(late):
    dossier, _manager = late

    with pytest.raises(Refused, match="Le délai est passé"):
        submit(dossier, actor=dossier.author)
    with pytest.raises(Refused, match="Le délai est passé"):
        save_answer(dossier, "jobs", "9", version=1, actor=dossier.author)


def test_with_a_grant_the_dossier_is_written_and_handed_in(late):
    dossier, manager = late
    access = grant(dossier, manager)
    save_answer(dossier, "jobs", "9", version=1, actor=dossier.author)

    submission = submit(dossier, actor=dossier.author)

    assert (dossier.state, submission.deadline_at) == ("submitted", access.until)
    assert submission.at > dossier.call.closes_at


def test_grant_ends_to_the_microsecond(late):
    dossier, manager = late
    until = grant(dossier, manager).until

    with pytest.raises(Refused, match="Le délai est passé"):
        submit(dossier, actor=dossier.author, at=until)
    assert submit(dossier, actor=dossier.author, at=until - timedelta(microseconds=1))


def test_grant_serves_no_other_dossier(late):
    dossier, manager = late
    other = make_ready(call=make_standard_call())
    Dossier.objects.filter(pk=other.pk).update(call=dossier.call, number=99)
    other = Dossier.objects.get(pk=other.pk)
    grant(dossier, manager)

    with pytest.raises(Refused, match="Le délai est passé"):
        submit(other, actor=other.created_by)


def test_everybody_in_the_company_is_told_until_when_and_why(late):
    dossier, manager = late
    grant(dossier, manager)

    [told] = dossier.author.notifications.filter(kind="dossier_let_in")
    assert "Panne du service le dernier jour" in told.body
    assert "heure de Paris" in told.body


@pytest.mark.parametrize("role", [Role.OFFICER, Role.FINANCE, Role.AUDITOR])
def test_only_managers_grant(late, role):
    dossier, _manager = late

    with pytest.raises(PermissionDenied):
        grant(dossier, make_staff(dossier.call.programme, role))
    with pytest.raises(PermissionDenied):
        grant(dossier, make_staff(make_standard_call().programme, Role.MANAGER))


def test_open_call_needs_no_grant():
    dossier = make_draft()
    manager = make_staff(dossier.call.programme, Role.MANAGER)

    with pytest.raises(Refused, match="encore ouvert"):
        grant(dossier, manager)


def test_grant_in_the_past_is_refused(late):
    dossier, manager = late

    with pytest.raises(Refused, match="date à venir"):
        grant(dossier, manager, hours=0)


def test_grant_holds_while_experts_read_and_no_longer_once_ranked(late):
    dossier, manager = late
    grant(dossier, manager)
    start_review(dossier.call, actor=manager)
    dossier.call.refresh_from_db()
    assert submit(Dossier.objects.get(pk=dossier.pk), actor=dossier.author)

    second, manager = closed()
    grant(second, manager)
    walk(second.call, CallState.RANKED)
    with pytest.raises(Refused, match="Le délai est passé"):
        submit(Dossier.objects.get(pk=second.pk), actor=second.author)


def test_grant_is_taken_back_before_it_serves_and_the_company_is_told(late):
    dossier, manager = late
    grant(dossier, manager)

    take_back_access(dossier, reason="Erreur de dossier", actor=manager)

    with pytest.raises(Refused, match="Le délai est passé"):
        submit(dossier, actor=dossier.author)
    [told] = dossier.author.notifications.filter(kind="dossier_access_ended")
    assert "Erreur de dossier" in told.body
    assert list(dossier.late_accesses.values_list("by", "reason")) == [
        (manager.pk, "Panne du service le dernier jour"),
        (manager.pk, "Erreur de dossier"),
    ]


def test_nothing_is_taken_back_or_granted_once_it_served(late):
    dossier, manager = late
    grant(dossier, manager)
    submit(dossier, actor=dossier.author)

    with pytest.raises(Refused, match="déjà été déposé"):
        take_back_access(dossier, reason="Trop tard", actor=manager)
    with pytest.raises(Refused, match="déjà été déposé"):
        grant(dossier, manager)


def test_withdrawn_draft_is_not_let_in(late):
    dossier, manager = late
    withdraw(dossier, actor=dossier.author)

    with pytest.raises(Refused, match="retiré"):
        grant(dossier, manager)


def test_database_refuses_a_date_nobody_granted(late):
    dossier, manager = late
    later = timezone.now() + HOUR

    for change in ({"late_until": later}, {"state": "submitted", "submitted_at": later}):
        refused = pytest.raises(IntegrityError, match=r"late_until_granted|in_time")
        with refused, transaction.atomic():
            Dossier.objects.filter(pk=dossier.pk).update(**change)
    grant(dossier, manager)
    for wrong in (later + 48 * HOUR, None):
        with pytest.raises(IntegrityError, match="late_until_granted"), transaction.atomic():
            Dossier.objects.filter(pk=dossier.pk).update(late_until=wrong)


def test_database_refuses_a_submission_past_the_grant_or_after_its_withdrawal(late):
    dossier, manager = late
    until = grant(dossier, manager).until

    with pytest.raises(IntegrityError, match="deadline_granted"), transaction.atomic():
        insert(dossier, until + timedelta(seconds=1))
    with transaction.atomic():
        assert insert(dossier, until).pk
        transaction.set_rollback(True)
    take_back_access(dossier, reason="Erreur", actor=manager)
    with pytest.raises(IntegrityError, match="deadline_granted"), transaction.atomic():
        insert(dossier, until)


def insert(dossier, deadline):
    return Submission.objects.create(
        dossier=dossier, version=1, at=timezone.now(), by=dossier.author, content={},
        sha256="0" * 64, deadline_at=deadline,
    )  # fmt: skip


def test_database_keeps_every_grant_as_it_was_given(late):
    dossier, manager = late
    access = grant(dossier, manager)

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        LateAccess.objects.filter(pk=access.pk).update(until=timezone.now() + 99 * HOUR)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        LateAccess.objects.filter(pk=access.pk).delete()
    submit(dossier, actor=dossier.author)
    with pytest.raises(IntegrityError, match="to_a_draft"), transaction.atomic():
        LateAccess.objects.create(
            dossier=dossier, until=timezone.now() + HOUR, reason="x", by=manager
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_submission_against_withdrawal_of_the_grant_ends_one_way_or_the_other(attempt):
    dossier, manager = closed()
    grant(dossier, manager)
    gate = Barrier(2)

    def run(act):
        fresh = Dossier.objects.get(pk=dossier.pk)
        gate.wait()
        try:
            act(fresh)
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(
                run,
                [
                    lambda fresh: submit(fresh, actor=dossier.author),
                    lambda fresh: take_back_access(fresh, reason="Erreur", actor=manager),
                ],
            )
        )

    assert sorted(answers) == ["done", "refused"]
    dossier.refresh_from_db()
    assert (dossier.state == "submitted") == (answers[0] == "done")
    assert (dossier.late_until is None) == (answers[1] == "done")
