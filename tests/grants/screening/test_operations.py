from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.access import Refused
from accounts.notifications.models import Letter, Notification
from accounts.organisations.models import Membership
from grants.dossiers.flow import FLOW
from grants.dossiers.models import Submission
from grants.dossiers.states import State
from grants.programmes.states import Role
from grants.screening import operations
from grants.screening.checklist import ITEMS
from grants.screening.models import Check, CompletionRequest
from tests.factories import join, make_dossier, make_organisation, make_staff, make_user
from tests.tables import read_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_user(full_name="Claire d’Arc & Co")


@pytest.fixture
def dossier(author):
    return make_dossier(state="submitted", author=author)


@pytest.fixture
def officer(dossier):
    return make_staff(dossier.call.programme, Role.OFFICER)


def check_all(dossier, officer, **outcomes):
    for item in ITEMS:
        outcome = outcomes.get(item.key, Check.Outcome.MET)
        if outcome:
            operations.check(dossier, item.key, outcome=outcome, note="Vu.", actor=officer)


def ask(dossier, officer, **overrides):
    values = {
        "message": "Il manque les comptes & l’annexe.",
        "questions": ["accounts"],
        "due_at": timezone.now() + timedelta(days=10),
        **overrides,
    }
    return operations.ask_completion(dossier, actor=officer, **values)


def hand_in_again(dossier, author):
    version = dossier.submissions.count() + 1
    Submission.objects.create(
        dossier=dossier, version=version, at=timezone.now(), by=author, content={},
        sha256="0" * 64, deadline_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    FLOW.take("submit", dossier, actor=author, reopened_until=None, reopened_questions=[])


def test_a_control_is_answered_then_corrected(dossier, officer):
    operations.check(dossier, "siret", outcome="met", actor=officer)
    operations.check(dossier, "siret", outcome="not_met", note="Fermé.", actor=officer)

    found = dossier.checks.get()
    assert (found.outcome, found.note, found.checked_by) == ("not_met", "Fermé.", officer)


def test_not_met_says_why(dossier, officer):
    with pytest.raises(Refused, match="pas conforme"):
        operations.check(dossier, "siret", outcome="not_met", note="  ", actor=officer)


def test_an_unknown_control_is_refused(dossier, officer):
    with pytest.raises(Refused, match="n’existe pas"):
        operations.check(dossier, "inconnu", outcome="met", actor=officer)


def test_admit_a_dossier_with_every_control_answered(dossier, officer, author):
    check_all(dossier, officer, soundness=Check.Outcome.NOT_APPLICABLE)

    operations.admit(dossier, actor=officer)

    assert dossier.state == State.ADMISSIBLE
    assert Notification.objects.get().recipient == author


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        ({"age": Check.Outcome.NOT_MET}, "Non conforme\u202f: Moins de 8 ans au jour du dépôt."),
        ({"start": ""}, "Sans réponse\u202f: Pas de démarrage avant le dépôt."),
    ],
)
def test_admit_is_refused_and_says_which_control(dossier, officer, outcomes, told):
    check_all(dossier, officer, **outcomes)

    with pytest.raises(Refused) as caught:
        operations.admit(dossier, actor=officer)

    dossier.refresh_from_db()
    assert told in str(caught.value)
    assert dossier.state == State.SUBMITTED
    assert not Notification.objects.exists()


def test_asking_gives_the_dossier_back_for_these_questions(dossier, officer):
    request = ask(dossier, officer)

    dossier.refresh_from_db()
    assert dossier.state == State.INCOMPLETE
    assert dossier.reopened_until == request.due_at
    assert dossier.open_questions == frozenset({"accounts"})


def test_asking_writes_to_those_who_write_for_the_company(dossier, officer, author):
    reader, gone = make_user(), make_user()
    join(reader, dossier.organisation, Membership.Role.READER)
    Membership.objects.create(user=gone, organisation=dossier.organisation, left_at=timezone.now())

    ask(dossier, officer)

    notification = Notification.objects.get()
    assert notification.recipient == author
    assert notification.subject == f"Votre dossier {dossier.reference} est à compléter"
    assert "Il manque les comptes & l’annexe." in notification.body
    assert Letter.objects.get().address == author.email


def test_asking_for_yesterday_is_refused(dossier, officer):
    with pytest.raises(Refused, match="déjà passée"):
        ask(dossier, officer, due_at=timezone.now() - timedelta(seconds=1))


def test_asking_twice_without_an_answer_is_refused(dossier, officer):
    ask(dossier, officer)

    with pytest.raises(Refused, match="ne permet pas"):
        ask(dossier, officer)
    assert CompletionRequest.objects.count() == 1


def test_a_second_request_follows_an_answer(dossier, officer, author):
    first = ask(dossier, officer)
    hand_in_again(dossier, author)

    ask(dossier, officer)

    first.refresh_from_db()
    assert first.answered_at == dossier.submissions.get().at
    assert dossier.requests.filter(answered_at=None).count() == 1


def test_the_database_keeps_one_open_request(dossier, officer):
    request = ask(dossier, officer)
    request.pk = None

    with pytest.raises(IntegrityError, match="completion_one_open_at_a_time"):
        request.save(force_insert=True)


def test_the_database_refuses_a_request_that_leaves_no_time(dossier, officer):
    request = ask(dossier, officer)

    with pytest.raises(IntegrityError, match="completion_leaves_time"), transaction.atomic():
        CompletionRequest.objects.filter(pk=request.pk).update(due_at=request.asked_at)


def test_the_database_keeps_one_answer_per_control(dossier, officer):
    found = operations.check(dossier, "siret", outcome="met", actor=officer)
    found.pk = None

    with pytest.raises(IntegrityError, match="check_once"):
        found.save(force_insert=True)


def test_reject_writes_the_reason_and_the_remedies(dossier, officer, author):
    operations.reject(dossier, reason="Entreprise de plus de 8 ans.", actor=officer)

    body = Notification.objects.get(recipient=author).body
    assert dossier.state == State.INADMISSIBLE
    assert dossier.history.get(step="reject").reason == "Entreprise de plus de 8 ans."
    assert "Entreprise de plus de 8 ans." in body
    assert "tribunal administratif" in body


def test_reject_without_a_reason_is_refused(dossier, officer):
    with pytest.raises(Refused, match="motif"):
        operations.reject(dossier, reason=" \n", actor=officer)


STEPS = """
step            draft submitted incomplete admissible inadmissible in_review ranked awarded reserve refused withdrawn
check           -     yes       yes        -          -            -         -      -       -       -       -
ask_completion  -     yes       -          -          -            yes       -      -       -       -       -
admit           -     yes       -          -          -            -         -      -       -       -       -
reject          -     yes       yes        -          -            -         -      -       -       -       -
"""  # noqa: E501
ACTS = {
    "check": lambda dossier, actor: operations.check(dossier, "siret", outcome="met", actor=actor),
    "ask_completion": ask,
    "admit": lambda dossier, actor: operations.admit(dossier, actor=actor),
    "reject": lambda dossier, actor: operations.reject(dossier, reason="Non.", actor=actor),
}


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("expected", read_table(STEPS), ids=lambda row: row["step"])
def test_each_act_is_open_in_its_states_only(author, expected, state):
    dossier = make_dossier(state=state, author=author)
    officer = make_staff(dossier.call.programme, Role.OFFICER)
    for item in ITEMS:
        Check.objects.create(dossier=dossier, key=item.key, outcome="met", checked_by=officer)

    try:
        ACTS[expected["step"]](dossier, officer)
        answer = "yes"
    except Refused:
        answer = "-"

    assert answer == expected[state]


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_only_the_officers_of_the_programme_act(dossier, act):
    auditor = make_staff(dossier.call.programme, Role.AUDITOR)
    other = make_staff(make_dossier(organisation=make_organisation()).call.programme)

    for actor in (auditor, other):
        with pytest.raises(PermissionDenied):
            act(dossier, actor)
