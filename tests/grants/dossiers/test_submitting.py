import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.access import Refused
from accounts.notifications.models import Notification
from accounts.organisations.models import Membership
from grants.dossiers.content import digest_of
from grants.dossiers.models import Submission
from grants.dossiers.operations import attach, save_answer, submit, withdraw
from grants.programmes.states import Role
from tests.factories import join, make_staff, make_user
from tests.grants.dossiers.complete import make_draft, make_ready, upload
from tests.grants.dossiers.test_writing import reopened

pytestmark = pytest.mark.django_db


def test_submission_holds_the_exact_content_and_its_digest():
    dossier = make_ready()

    submission = submit(dossier, actor=dossier.author)

    submission.refresh_from_db()
    content = submission.content
    assert (dossier.state, dossier.submitted_at) == ("submitted", submission.at)
    assert digest_of(content) == submission.sha256
    assert content["answers"]["requested"] == "45000.00"
    assert content["answers"]["team"][0]["name"] == "Ève Ruiz"
    assert [d["key"] for d in content["documents"]] == ["kbis", "accounts", "business_plan"]
    assert {len(d["sha256"]) for d in content["documents"]} == {64}
    assert content["verdict"]["eligible"] is True


def test_one_letter_changes_the_digest():
    content = submit(make_ready(), actor=Membership.objects.last().user).content

    other = json.loads(json.dumps(content).replace("Hydrog", "hydrog"))

    assert digest_of(other) != digest_of(content)


def test_deadline_is_kept_to_the_microsecond():
    dossier = make_ready()
    closing = dossier.call.closes_at

    with pytest.raises(Refused, match="Le délai est passé"):
        submit(dossier, actor=dossier.author, at=closing)
    submission = submit(dossier, actor=dossier.author, at=closing - timedelta(microseconds=1))

    assert closing - submission.at == timedelta(microseconds=1)


def test_database_refuses_a_late_submission():
    dossier = make_ready()
    late = dossier.call.closes_at + timedelta(microseconds=1)

    with (
        pytest.raises(IntegrityError, match="submission_before_its_deadline"),
        transaction.atomic(),
    ):
        Submission.objects.create(
            dossier=dossier, version=1, at=late, by=dossier.author, content={},
            sha256="0" * 64, deadline_at=dossier.call.closes_at,
        )  # fmt: skip


def test_pressed_twice_there_is_one_submission_and_one_receipt():
    dossier = make_ready()
    first = submit(dossier, actor=dossier.author, after=0)

    second = submit(dossier, actor=dossier.author, after=0)

    assert (second, dossier.submissions.count()) == (first, 1)
    assert Notification.objects.filter(kind="dossier_submitted").count() == 1


def test_the_first_press_replayed_does_not_answer_a_later_request():
    dossier = reopened([])

    replayed = submit(dossier, actor=dossier.author, after=0)

    assert (replayed.version, dossier.state) == (1, "incomplete")
    assert submit(dossier, actor=dossier.author, after=1).version == 2


def test_completed_dossier_keeps_its_first_date_and_tells_the_officers():
    dossier = reopened(["jobs"])
    officer = make_staff(dossier.call.programme, Role.OFFICER)
    received = dossier.submitted_at
    save_answer(dossier, "jobs", "12", version=1, actor=dossier.author)

    submission = submit(dossier, actor=dossier.author)

    dossier.refresh_from_db()
    assert (submission.version, submission.content["answers"]["jobs"]) == (2, 12)
    assert (dossier.submitted_at, dossier.reopened_until, dossier.reopened_questions) == (
        received, None, [],
    )  # fmt: skip
    assert [n.kind for n in officer.notifications.all()] == ["dossier_completed"]


@pytest.mark.parametrize(("key", "text"), [("innovation", ""), ("requested", "1e5")])
def test_missing_or_wrong_answer_stops_the_submission_until_it_is_mended(key, text):
    dossier = make_ready()
    right = dossier.answers.get(key=key)
    save_answer(dossier, key, text, version=1, actor=dossier.author)

    with pytest.raises(Refused, match="à compléter ou à corriger"):
        submit(dossier, actor=dossier.author)
    save_answer(dossier, key, str(right.value), version=2, actor=dossier.author)

    assert submit(dossier, actor=dossier.author).version == 1


def test_doubtful_project_is_received_with_its_reasons():
    dossier = make_ready()
    save_answer(dossier, "requested", "90 000", version=1, actor=dossier.author)

    submission = submit(dossier, actor=dossier.author)

    assert submission.content["verdict"]["eligible"] is False


def test_readers_do_not_submit():
    dossier = make_ready()
    join(reader := make_user(), dossier.organisation, Membership.Role.READER)

    with pytest.raises(PermissionDenied):
        submit(dossier, actor=reader)


def test_everybody_in_the_company_gets_the_receipt_by_mail():
    dossier = make_ready()
    join(reader := make_user(), dossier.organisation, Membership.Role.READER)

    submission = submit(dossier, actor=dossier.author)

    told = Notification.objects.filter(kind="dossier_submitted")
    assert {n.recipient for n in told} == {dossier.author, reader}
    assert {submission.sha256 in n.letter.text for n in told} == {True}


def test_withdrawn_dossier_says_why_and_is_over():
    dossier = make_ready()

    withdraw(dossier, actor=dossier.author, reason="Projet arrêté")

    assert (dossier.state, dossier.history.get().reason) == ("withdrawn", "Projet arrêté")
    with pytest.raises(Refused):
        submit(dossier, actor=dossier.author)
    with pytest.raises(Refused):
        attach(dossier, "bank", upload(), actor=dossier.author)


def test_empty_draft_can_be_withdrawn():
    dossier = make_draft()

    withdraw(dossier, actor=dossier.author)

    assert (dossier.state, dossier.submitted_at) == ("withdrawn", None)
