"""What is refused at the door leaves a trace."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from accounts.access import Refused
from grants.dossiers.models import Dossier, Submission
from grants.dossiers.operations import submit, withdraw
from grants.programmes.states import Role
from tests.factories import make_staff
from tests.grants.dossiers.complete import make_draft, make_ready

pytestmark = pytest.mark.django_db


def test_incomplete_and_late_attempts_are_kept_with_their_reason():
    dossier = make_draft()
    closing = dossier.call.closes_at

    with pytest.raises(Refused):
        submit(dossier, actor=dossier.author, at=closing - timedelta(days=1))
    with pytest.raises(Refused):
        submit(dossier, actor=dossier.author, at=closing)

    early, late = dossier.attempts.all()
    assert (early.kind, late.kind, late.at) == ("incomplete", "late", closing)
    assert "innovation" in early.questions
    assert "heure de Paris" in late.told


def test_what_was_refused_is_not_rewritten():
    dossier = make_draft()
    with pytest.raises(Refused):
        submit(dossier, actor=dossier.author)

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        dossier.attempts.update(kind="late")


def test_funder_reads_refused_attempts_once_the_dossier_is_handed_in(client):
    dossier = make_ready()
    officer = make_staff(dossier.call.programme, Role.OFFICER)
    dossier.answers.filter(key="innovation").update(value=None)
    with pytest.raises(Refused):
        submit(dossier, actor=dossier.author)
    dossier.answers.filter(key="innovation").update(value="Un procédé")
    submit(dossier, actor=dossier.author)
    client.force_login(officer)

    text = client.get(reverse("dossiers:detail", args=[dossier.pk])).content.decode()

    assert "Dépôts refusés" in text
    assert "Incomplet" in text


def test_database_refuses_a_deadline_nobody_granted():
    dossier = make_ready()
    closing = dossier.call.closes_at

    with pytest.raises(IntegrityError, match="deadline_granted"), transaction.atomic():
        Submission.objects.create(
            dossier=dossier, version=1, at=closing, by=dossier.author, content={},
            sha256="0" * 64, deadline_at=closing + timedelta(days=1),
        )  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_two_submissions_and_a_withdrawal_at_the_same_instant(attempt):
    dossier = make_ready()
    gate = Barrier(3)

    def run(act):
        fresh = Dossier.objects.get(pk=dossier.pk)
        gate.wait()
        try:
            return act(fresh, actor=dossier.author)
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(run, [submit, withdraw, submit]))

    dossier.refresh_from_db()
    steps = list(dossier.history.values_list("step", flat=True))
    assert dossier.state == "withdrawn"
    assert steps in (["withdraw"], ["submit", "withdraw"])
    assert dossier.submissions.count() == steps.count("submit")
