"""The counts the database keeps are those one would find by reading every row."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from reviews.assignments.counting import debtors_of, latest, totals_of
from reviews.assignments.models import Assignment
from reviews.assignments.tally import FOLLOWED, ReadingTally
from reviews.evaluations.models import Evaluation
from tests.factories import make_assignment, make_call, make_dossier, make_evaluation, make_expert

pytestmark = pytest.mark.django_db

KEY = ("dossier__call", "expert", "due_at")
DONE = Q(evaluation__state="submitted")


@pytest.fixture
def call():
    return make_call(state="reviewing")


def read(call, *, expert=None, state="in_review", done=False, days=9):
    dossier = make_dossier(call=call, state=state)
    due_at = timezone.now().replace(microsecond=0) + timedelta(days=days)
    assignment = make_assignment(dossier=dossier, expert=expert or make_expert(call), due_at=due_at)
    make_evaluation(assignment=assignment, submitted=done)
    return assignment


def kept():
    rows = ReadingTally.objects.exclude(given=0, handed_in=0)
    return set(rows.values_list("call", "expert", "due_at", "is_held", "given", "handed_in"))


def counted():
    """The same, from the readings, their evaluations and their dossiers."""
    found = set()
    for is_held in (False, True):
        followed = Q(dossier__state__in=FOLLOWED)
        rows = Assignment.objects.active().filter(~followed if is_held else followed)
        grouped = rows.order_by().values_list(*KEY)
        for *key, given, done in grouped.annotate(n=Count("pk"), done=Count("pk", filter=DONE)):
            found.add((*key, is_held, given, done))
    return found


def hand_in(assignment):
    Evaluation.objects.filter(assignment=assignment).update(
        state="submitted", submitted_at=timezone.now()
    )


def reopen(assignment):
    Evaluation.objects.filter(assignment=assignment).update(state="draft", submitted_at=None)


def recuse(assignment):
    Assignment.objects.filter(pk=assignment.pk).update(state="recused")


def put_off(assignment):
    Assignment.objects.filter(pk=assignment.pk).update(due_at=timezone.now() + timedelta(days=30))


def ask_completion(assignment):
    type(assignment.dossier).objects.filter(pk=assignment.dossier_id).update(state="incomplete")


def withdraw(assignment):
    type(assignment.dossier).objects.filter(pk=assignment.dossier_id).update(state="withdrawn")


def rank(assignment):
    type(assignment.dossier).objects.filter(pk=assignment.dossier_id).update(state="ranked")


def add_one(assignment):
    read(assignment.dossier.call, expert=assignment.expert)


def save_an_old_copy(assignment):
    copy = Assignment.objects.get(pk=assignment.pk)
    hand_in(assignment)
    copy.because = "Autre raison."
    copy.save()


ACTS = [
    hand_in, reopen, recuse, put_off, ask_completion, withdraw, rank, add_one, save_an_old_copy,
]  # fmt: skip


@pytest.mark.parametrize("act", ACTS, ids=[act.__name__ for act in ACTS])
@pytest.mark.parametrize("done", [False, True])
def test_each_act_keeps_the_counts_right(call, act, done):
    first = read(call, done=done)
    read(call, expert=first.expert)
    read(call, days=-1)
    before = kept()

    act(first)

    assert kept() == counted()
    assert act in (rank, reopen, hand_in, save_an_old_copy) or kept() != before


def test_a_completed_dossier_is_followed_again(call):
    assignment = read(call)
    ask_completion(assignment)
    assert totals_of(call.pk, now=timezone.now()).given == 0

    type(assignment.dossier).objects.update(state="in_review")

    assert totals_of(call.pk, now=timezone.now()).given == 1
    assert kept() == counted()


def test_a_deleted_reading_is_counted_no_more(call):
    assignment = make_assignment(dossier=make_dossier(call=call, state="in_review"))

    Assignment.objects.filter(pk=assignment.pk).delete()

    assert kept() == counted() == set()


def test_many_readings_in_one_statement_are_counted_once_each(call):
    pattern = read(call)
    fresh = [
        Assignment(
            dossier=make_dossier(call=call, state="in_review"),
            expert=pattern.expert,
            due_at=pattern.due_at,
            assigned_by=pattern.assigned_by,
        )
        for _time in range(3)
    ]

    Assignment.objects.bulk_create(fresh)

    assert ReadingTally.objects.aggregate(n=Sum("given"))["n"] == 4
    assert kept() == counted()


def test_a_reading_knows_its_call_whatever_is_written(call):
    assignment = read(call)
    other = make_call(state="reviewing")

    Assignment.objects.filter(pk=assignment.pk).update(call=other, is_handed_in=True, is_held=True)

    row = Assignment.objects.values_list("call", "is_handed_in", "is_held").get(pk=assignment.pk)
    assert row == (call.pk, False, False)


def test_what_does_not_last_is_not_counted(call):
    assignment = read(call)
    before = kept()

    with transaction.atomic():
        hand_in(assignment)
        transaction.set_rollback(True)

    assert kept() == before == counted()


def test_totals_and_people_follow_from_the_counts(call):
    now = timezone.now()
    late, early = read(call, days=-1), read(call)
    read(call, expert=early.expert, done=True)
    read(call, state="withdrawn", expert=early.expert)

    assert totals_of(call.pk, now=now) == (3, 1, 1, 2, 2)
    assert [(one.expert, one.given, one.late) for one in latest(call.pk, now=now, most=9)] == [
        (late.expert_id, 1, 1),
        (early.expert_id, 2, 0),
    ]
    owing = debtors_of(call.pk, now=now, start=1, most=9)
    assert [(one.name, one.waiting, one.due) for one in owing] == [
        (str(early.expert), 1, early.due_at)
    ]


def test_who_may_no_longer_sign_in_is_not_waited_for(call):
    user = read(call).expert.user
    user.is_active = False
    user.save()

    assert totals_of(call.pk, now=timezone.now()).debtors == 0
    assert debtors_of(call.pk, now=timezone.now(), start=0, most=9) == []
