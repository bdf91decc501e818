"""What changes a count on two connections at once waits for the reading: it is counted once."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import transaction

from grants.dossiers.models import Dossier
from tests.factories import make_assignment, make_call, make_dossier, make_evaluation, make_expert
from tests.reviews.assignments.test_races import together
from tests.reviews.assignments.test_tally import counted, hand_in, kept, recuse

pytestmark = pytest.mark.django_db(transaction=True)


def overlapping(*acts):
    """Each act in its own transaction, open until the other has acted too or waits for it."""
    gate = Barrier(len(acts))

    def held(act):
        with transaction.atomic():
            act()
            with suppress(BrokenBarrierError):
                gate.wait(timeout=0.3)

    return together(*(lambda act=act: held(act) for act in acts))


@pytest.mark.parametrize("turn", range(3))
def test_handing_in_while_being_recused(turn):
    assignment = make_assignment()
    make_evaluation(assignment=assignment)

    outcomes = overlapping(lambda: hand_in(assignment), lambda: recuse(assignment))

    assert outcomes == ["done", "done"]
    assert kept() == counted() == set()


@pytest.mark.parametrize("turn", range(3))
def test_giving_a_dossier_that_is_being_withdrawn(turn):
    call = make_call(state="reviewing")
    dossier, expert = make_dossier(call=call, state="in_review"), make_expert(call)

    def withdraw():
        Dossier.objects.filter(pk=dossier.pk).update(state="withdrawn")

    outcomes = overlapping(
        lambda: make_assignment(dossier=dossier, expert=expert, declared=False), withdraw
    )

    assert outcomes == ["done", "done"]
    [row] = kept()
    assert {row} == counted()
    assert row[3]  # held


def test_two_readers_of_one_dossier_hand_in_at_once():
    first = make_assignment()
    second = make_assignment(dossier=first.dossier, expert=make_expert(first.dossier.call))
    for assignment in (first, second):
        make_evaluation(assignment=assignment)

    outcomes = overlapping(lambda: hand_in(first), lambda: hand_in(second))

    assert outcomes == ["done", "done"]
    assert [row[-1] for row in kept()] == [1, 1]
