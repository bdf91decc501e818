"""Every step from every state, as the tables say."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.access import Refused
from grants.decisions.flow import FEEDBACK
from grants.decisions.states import FeedbackState
from reviews.committees import operations
from reviews.committees.flow import FLOW, ITEM_FLOW
from reviews.committees.models import Item, Session
from reviews.committees.states import ItemState, SessionState
from tests.reviews.committees.scene import Room
from tests.tables import read_table

pytestmark = pytest.mark.django_db

SESSION = read_table("""
step    prepared  open  closed  cancelled
open    yes       -     -       -
close   -         yes   -       -
cancel  yes       -     -       -
""")
ITEM = read_table("""
step         waiting  discussed  voting  settled
call_up      yes      -          -       yes
set_aside    -        yes        -       -
put_to_vote  -        yes        -       -
stop_vote    -        -          yes     -
settle       -        -          yes     -
agree        -        yes        -       -
""")
FEEDBACK_STEPS = read_table("""
step     draft  approved  sent
approve  yes    -         -
reopen   -      yes       -
send     -      yes       -
""")


def cells(table):
    return [
        (row["step"], state, row[state] == "yes")
        for row in table
        for state in row
        if state != "step"
    ]


def taken(flow, step, obj, actor, **stamps):
    try:
        with transaction.atomic():
            flow.take(step, obj, actor=actor, **stamps)
    except Refused:
        return False
    return True


@pytest.mark.parametrize(("step", "state", "is_open"), cells(SESSION))
def test_steps_of_a_session(step, state, is_open):
    room = Room([5, 5], [4, 3])
    now = timezone.now()
    if state in {"open", "closed"}:
        Session.objects.update(state="open", opened_at=now)
    if state in {"closed", "cancelled"}:
        Session.objects.update(state=state, closed_at=now if state == "closed" else None)
    actor = room.officer if step == "cancel" else room.chair
    stamps = {"open": {"opened_at": now}, "close": {"closed_at": timezone.now()}}.get(step, {})

    assert taken(FLOW, step, room.session, actor, **stamps) == is_open


@pytest.mark.parametrize(("step", "state", "is_open"), cells(ITEM))
def test_steps_of_an_item(step, state, is_open):
    mode = "consensus" if step == "agree" else "vote"
    room = Room([5, 5], [4, 3], mode=mode).open()
    item = brought(room, state)
    stamps = {
        "call_up": {"outcome": ""},
        "put_to_vote": {"proposed": Decimal(4)},
        "settle": {"outcome": "rejected"},
        "agree": {"outcome": "carried", "proposed": Decimal(4)},
    }.get(step, {})

    assert taken(ITEM_FLOW, step, item, room.chair, **stamps) == is_open


def brought(room, state):
    """The first dossier of the agenda in this state, whatever the session concludes by."""
    item = room.item(room.dossiers[0])
    if state == "waiting":
        return item
    operations.call_up(item, actor=room.chair)
    if state in {"voting", "settled"}:
        write(item, state="voting", proposed=3)
    if state == "settled":
        write(item, state="settled", outcome="rejected")
    return item


def write(item, **values):
    Item.objects.filter(pk=item.pk).update(**values)
    item.refresh_from_db()


@pytest.mark.parametrize(("step", "state", "is_open"), cells(FEEDBACK_STEPS))
def test_steps_of_a_feedback(step, state, is_open):
    row = next(one for one in FEEDBACK_STEPS if one["step"] == step)

    assert (state in FEEDBACK.steps[step].sources) == is_open == (row[state] == "yes")


@pytest.mark.parametrize(
    ("table", "flow", "states"),
    [(SESSION, FLOW, SessionState), (ITEM, ITEM_FLOW, ItemState),
     (FEEDBACK_STEPS, FEEDBACK, FeedbackState)],
)  # fmt: skip
def test_the_tables_name_every_step_and_state(table, flow, states):
    assert {row["step"] for row in table} == set(flow.steps)
    assert set(table[0]) - {"step"} == set(states.values)


def test_the_database_refuses_a_jump():
    room = Room([5, 5], [4, 3]).open()

    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        Item.objects.filter(dossier=room.dossiers[0]).update(state="voting", proposed=3)
