"""A tiny world, built once by the command: what must be true of it, and what it shows officers that
they should notice."""

import hashlib
import itertools
import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import F, Sum
from django.test import override_settings
from django.utils import timezone
from stdnum.fr import siret as siret_number

from accounts.notifications.models import Letter, Notification
from accounts.organisations.models import Organisation
from accounts.people.models import User
from grants.decisions.models import Allocation, Decision
from grants.dossiers.content import digest_of
from grants.dossiers.models import Document, Dossier, DossierStep, Submission
from grants.dossiers.records import Attempt
from grants.funding.models import Entry, Envelope
from grants.programmes.models import Call
from grants.resemblance.finding import resembling
from grants.screening.models import CompletionRequest
from reviews.assignments.models import Assignment
from reviews.demonstration import oddities
from reviews.demonstration.cast import IDENTITIES
from reviews.evaluations.models import Evaluation
from reviews.evaluations.stale import StaleFlag
from reviews.experts.models import Interest, Seat
from reviews.phases.models import Phase

IDENTITY_KEYS = {
    "applicant_owner", "applicant_reader", "applicant_other", "reviewer_assigned",
    "reviewer_other", "reviewer_conflicted", "officer", "manager", "manager_other", "finance",
    "auditor", "superuser", "deactivated", "invited",
}  # fmt: skip
NEAR = 65  # in a hundred; the other projects of the call share less than 55
OBJECT_KEYS = {"dossier", "call", "envelope", "evaluation", "document", "decision"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker, folder):
    """What the command printed; its world stands for all tests of this file."""
    quick = {
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "STORAGES": {
            "default": {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": str(folder)},
            }
        },
    }
    printed = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**quick):
            call_command("demo", "--size", "tiny", "--json", "--force", stdout=printed)
            yield json.loads(printed.getvalue())
        transaction.set_rollback(True)


def user_of(demonstration, role):
    return User.objects.get(email=demonstration["identities"][role]["email"])


def test_the_object_keeps_the_contract(demonstration):
    assert set(demonstration) == {"base_url", "identities", "objects"}
    assert set(demonstration["identities"]) == IDENTITY_KEYS
    assert set(demonstration["objects"]) == OBJECT_KEYS
    for ids in demonstration["objects"].values():
        assert ids
        assert all(isinstance(pk, int) for pk in ids)


def test_identities_can_sign_in_with_what_is_printed(demonstration):
    for role, identity in demonstration["identities"].items():
        user = user_of(demonstration, role)
        assert user.check_password(identity["password"])
        assert len(identity["password"]) >= 12
        assert user.emailaddress_set.get().verified
        assert user.is_active == (role != "deactivated")
    assert user_of(demonstration, "superuser").is_superuser
    assert [one.role for one in IDENTITIES] == list(demonstration["identities"])


def test_the_owner_has_a_dossier_under_review_and_a_draft(demonstration):
    owner = user_of(demonstration, "applicant_owner")
    states = list(
        Dossier.objects.of_applicant(owner).order_by("pk").values_list("state", flat=True)
    )
    assert states == ["in_review", "draft"]
    reader = user_of(demonstration, "applicant_reader")
    assert Dossier.objects.of_applicant(reader).count() == 2
    other = user_of(demonstration, "applicant_other")
    assert not Dossier.objects.of_applicant(other).filter(organisation__memberships__user=owner)


def test_the_named_reviewers_stand_where_they_should(demonstration):
    dossier = Dossier.objects.get(pk=demonstration["objects"]["dossier"][0])
    readers = set(
        Assignment.objects.active().filter(dossier=dossier).values_list("expert__user", flat=True)
    )
    assert user_of(demonstration, "reviewer_assigned").pk in readers
    assert user_of(demonstration, "reviewer_other").pk not in readers
    assert user_of(demonstration, "reviewer_conflicted").pk not in readers
    conflict = Interest.objects.get(
        dossier=dossier, expert__user=user_of(demonstration, "reviewer_conflicted")
    )
    assert conflict.is_conflict
    seat = Seat.objects.get(expert__user=user_of(demonstration, "invited"))
    assert seat.undertaking_signed_at is None
    assert seat.declined_at is None
    evaluation = Evaluation.objects.get(pk=demonstration["objects"]["evaluation"][0])
    assert evaluation.assignment.dossier == dossier
    assert evaluation.state == "draft"


def test_the_calls_stand_one_behind_the_other(demonstration):
    now = timezone.now()
    last, this, following = Call.objects.filter(code__startswith="SID").order_by("opens_at")
    assert (last.state, this.state, following.state) == ("decided", "reviewing", "open")
    assert this.closes_at < now
    assert following.accepts(now)
    assert set(last.dossiers.values_list("state", flat=True)) >= {"inadmissible", "withdrawn"}
    assert set(following.dossiers.values_list("state", flat=True)) >= {"draft", "admissible"}


def test_the_other_manager_sees_nothing_of_the_first_programme(demonstration):
    other = user_of(demonstration, "manager_other")
    assert not Dossier.objects.seen_by(other).exists()
    assert {envelope.programme.slug for envelope in Envelope.objects.seen_by(other)} == {
        "strategie-ia-occitanie"
    }
    assert Dossier.objects.seen_by(user_of(demonstration, "manager")).exists()


def test_the_ledger_is_balanced_and_nobody_is_over_the_envelope(demonstration):
    for envelope in Envelope.objects.all():
        entries = envelope.entries.values_list("kind").annotate(Sum("amount"))
        total = {kind: abs(amount) for kind, amount in entries}
        voted = total.get("endowment", 0) - total.get("reduction", 0)
        assert envelope.endowed == voted + total.get("received", 0) - total.get("given", 0)
        assert envelope.committed == total.get("commitment", 0)
        assert envelope.paid == total.get("payment", 0)
        assert envelope.paid <= envelope.committed <= envelope.endowed
    assert Entry.objects.filter(kind="payment").exists()


def test_awards_are_committed_and_checked_by_a_second_person(demonstration):
    allocation = Allocation.objects.get()
    assert allocation.state == "announced"
    assert allocation.checked_by != allocation.prepared_by
    awards = Decision.objects.filter(outcome="award")
    assert awards.exists()
    for decision in awards:
        assert -decision.entry.amount == decision.amount <= decision.dossier.requested
    assert not Decision.objects.exclude(outcome="award").exclude(entry=None).exists()


def test_no_conflict_is_ever_assigned(demonstration):
    conflicts = Interest.objects.exclude(kind="none").values_list("dossier", "expert")
    assert conflicts.exists()
    active = set(Assignment.objects.active().values_list("dossier", "expert"))
    assert not active & set(conflicts)


def test_reviews_are_in_late_and_under_way(demonstration):
    active = Assignment.objects.active().filter(dossier__state="in_review")
    missing = active.exclude(evaluation__state="submitted")
    assert active.filter(evaluation__state="submitted").count() > missing.count() > 0
    assert missing.filter(due_at__lt=timezone.now()).exists()
    for evaluation in Evaluation.objects.filter(state="submitted").prefetch_related("scores"):
        assert all(s.value is not None and s.comment for s in evaluation.scores.all())
        assert evaluation.strengths
        assert evaluation.weaknesses
        assert evaluation.confidence


def test_companies_are_valid_and_openly_fictional(demonstration):
    for siret in Organisation.objects.values_list("siret", flat=True):
        assert siret_number.is_valid(siret)
        assert siret.startswith("00")
    for email in User.objects.values_list("email", flat=True):
        assert email.endswith((".example", "exemple.fr", "@invalid"))


def test_dossiers_are_whole_and_true_to_their_receipt(demonstration, folder):
    for submission in Submission.objects.select_related("dossier"):
        assert digest_of(submission.content) == submission.sha256
        assert submission.content["verdict"]["eligible"] is True
    for document in Document.objects.all():
        content = (folder / document.file.name).read_bytes()
        assert content.startswith(b"%PDF")
        assert hashlib.sha256(content).hexdigest() == document.sha256


def test_some_were_completed_and_some_still_have_to_be(demonstration):
    completed = CompletionRequest.objects.exclude(answered_at=None)
    assert completed.exists()
    for request in completed:
        assert request.dossier.submissions.count() >= 2
    assert CompletionRequest.objects.filter(answered_at=None, dossier__state="incomplete").exists()


def test_the_past_is_dated_in_the_past_and_in_order(demonstration):
    now = timezone.now()
    assert not DossierStep.objects.filter(at__gt=now).exists()
    assert not Dossier.objects.filter(submitted_at__lte=F("created_at")).exists()
    for dossier in Dossier.objects.exclude(submitted_at=None).prefetch_related("history"):
        moments = [step.at for step in dossier.history.all()]
        steps = [(step.source, step.target) for step in dossier.history.all()]
        assert moments == sorted(moments)
        assert steps[-1][1] == dossier.state
        assert all(left[1] == right[0] for left, right in itertools.pairwise(steps))
    oldest = Call.objects.earliest("opens_at").history.earliest("at")
    assert oldest.at < now - timedelta(days=400)


def test_old_mail_has_left_and_recent_mail_waits(demonstration):
    old = timezone.now() - timedelta(days=10)
    assert not Letter.objects.filter(created_at__lt=old, sent_at=None).exists()
    assert Letter.objects.filter(sent_at=None, next_attempt_at__isnull=False).exists()
    assert not Notification.objects.filter(created_at__lt=old, read_at=None).exists()


def test_one_mark_waits_to_be_read_again_by_the_reviewer_people_sign_in_as(demonstration):
    flag = StaleFlag.objects.open().get()

    assert flag.score.evaluation.assignment.expert.user == user_of(
        demonstration, "reviewer_assigned"
    )
    assert flag.questions == ["market"]


def test_the_calls_show_the_three_ways_of_reading(demonstration):
    setups = Phase.objects.values_list("call__code", "setup").distinct().order_by("setup")

    assert [setup for _code, setup in setups] == ["blind", "independent", "open"]


@pytest.fixture
def following(demonstration):
    """The open call, where officers have something to notice."""
    return Call.objects.filter(code__startswith="SID").order_by("opens_at").last()


def test_one_filing_was_refused_for_what_it_lacks_and_one_for_its_hour(following):
    attempts = Attempt.objects.filter(dossier__call=following).order_by("kind")

    assert [attempt.kind for attempt in attempts] == ["incomplete", "late"]
    incomplete, late = attempts
    assert incomplete.dossier.state == "draft"
    assert len(incomplete.questions) > 5
    assert late.dossier.state == "incomplete"
    assert late.at == late.dossier.reopened_until + timedelta(hours=oddities.HOURS_LATE)
    assert "Le délai est passé" in late.told


def test_every_refusal_lies_in_the_past_and_in_its_call(following):
    for attempt in Attempt.objects.filter(dossier__call=following):
        assert attempt.dossier.created_at < attempt.at < timezone.now()


def test_one_project_is_told_twice_by_two_companies_of_a_group(following):
    first = following.dossiers.get(number=1)

    closest = resembling(first, calls=[following.pk])[0]

    group, text = sorted(closest.signs, key=lambda sign: sign.is_text)
    assert "Même groupe" in group.words
    assert text.is_text
    assert text.score >= NEAR
    assert closest.dossier.organisation != first.organisation


def test_nothing_else_in_the_call_is_that_close(following):
    received = Dossier.objects.filter(call=following, submitted_at__isnull=False)
    pairs = [
        {one.pk, other.dossier.pk}
        for one in received
        for other in resembling(one, calls=[following.pk])
        if other.score >= NEAR
    ]

    assert len(pairs) == 2
    assert pairs[0] == pairs[1]
