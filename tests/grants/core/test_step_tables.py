"""Every workflow as a table: step × state. A new step or state cannot be forgotten."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.access import Refused
from grants.decisions import flow as allocation_flow
from grants.decisions.models import Allocation
from grants.decisions.states import AllocationState
from grants.dossiers import flow as dossier_flow
from grants.dossiers.states import State
from grants.programmes import flow as call_flow
from grants.programmes.models import Duty
from grants.programmes.states import CallState, Role
from reviews.assignments import flow as assignment_flow
from reviews.assignments.states import AssignmentState
from reviews.evaluations import flow as evaluation_flow
from reviews.evaluations.states import EvaluationState
from tests.factories import (
    join,
    make_allocation,
    make_assignment,
    make_call,
    make_dossier,
    make_evaluation,
    make_expert,
    make_user,
)
from tests.tables import read_table

pytestmark = pytest.mark.django_db

CALL = """
step          draft  open  reviewing  ranked  decided
open          yes    -     -          -       -
start_review  -      yes   -          -       -
rank          -      -     yes        -       -
conclude      -      -     -          yes     -
"""

DOSSIER = """
step            draft  submitted  incomplete  admissible  inadmissible  in_review  ranked  awarded  reserve  refused  withdrawn
submit          yes    -          yes         -           -             -          -       -        -        -        -
ask_completion  -      yes        -           -           -             yes        -       -        -        -        -
complete        -      -          yes         -           -             -          -       -        -        -        -
resume_review   -      -          yes         -           -             -          -       -        -        -        -
extend_completion -    -          yes         -           -             -          -       -        -        -        -
admit           -      yes        -           -           -             -          -       -        -        -        -
reject          -      yes        yes         -           -             -          -       -        -        -        -
start_review    -      -          -           yes         -             -          -       -        -        -        -
rank            -      -          -           -           -             yes        -       -        -        -        -
award           -      -          -           -           -             -          yes     -        yes      -        -
reserve         -      -          -           -           -             -          yes     -        -        -        -
refuse          -      -          -           -           -             -          yes     -        yes      -        -
give_up         -      -          -           -           -             -          -       yes      -        -        -
award_on_appeal -      -          -           -           -             -          -       -        yes      yes      -
withdraw        yes    yes        yes         yes         -             yes        yes     -        yes      -        -
"""  # noqa: E501

ASSIGNMENT = """
step       active  recused  removed
recuse     yes     -        -
remove     yes     -        -
set_aside  yes     -        -
restore    -       yes      -
"""

EVALUATION = """
step    draft  submitted
submit  yes    -
reopen  -      yes
"""

ALLOCATION = """
step       preparing  to_check  checked  reported  voted  announced
propose    yes        -         -        -         -      -
send_back  -          yes       yes      -         -      -
check      -          yes       -        -         -      -
report     -          -         yes      -         -      -
vote       -          -         -        yes       -      -
adjourn    -          -         -        yes       -      -
reopen     -          -         -        -         yes    -
announce   -          -         -        -         yes    -
"""


VOTE = {"body": "CP", "deliberated_on": date(2026, 1, 15), "deliberation": "CP/1"}


def everybody_on(call, organisation=None, expert=None):
    """Somebody to whom every right of the workflow is given: only states can refuse."""
    user = expert.user if expert else make_user()
    for role in (Role.OFFICER, Role.MANAGER, Role.FINANCE):
        Duty.objects.create(programme=call.programme, user=user, role=role)
    if organisation:
        join(user, organisation)
    return user


def call_in(state):
    call = make_call(state=state)
    return call, everybody_on(call)


def dossier_in(state):
    dossier = make_dossier(state=state)
    return dossier, everybody_on(dossier.call, dossier.organisation)


def assignment_in(state):
    assignment = make_assignment(state=state)
    return assignment, everybody_on(assignment.dossier.call, expert=assignment.expert)


def evaluation_in(state):
    call = make_call(state="reviewing")
    expert = make_expert(call)
    dossier = make_dossier(state="in_review", call=call)
    assignment = make_assignment(dossier=dossier, expert=expert)
    evaluation = make_evaluation(assignment=assignment, submitted=state == "submitted")
    return evaluation, everybody_on(call, expert=expert)


def allocation_in(state):
    allocation = make_allocation(state=state)
    return allocation, everybody_on(allocation.call)


def now(actor):
    return {"submitted_at": timezone.now()}


@dataclass(frozen=True)
class Workflow:
    flow: Any
    states: Any
    table: str
    make: Any
    stamps: dict


WORKFLOWS = {
    "call": Workflow(call_flow.FLOW, CallState, CALL, call_in, {}),
    "dossier": Workflow(dossier_flow.FLOW, State, DOSSIER, dossier_in, {"submit": now}),
    "assignment": Workflow(assignment_flow.FLOW, AssignmentState, ASSIGNMENT, assignment_in, {}),
    "evaluation": Workflow(
        evaluation_flow.FLOW, EvaluationState, EVALUATION, evaluation_in, {"submit": now}
    ),
    "allocation": Workflow(
        allocation_flow.FLOW,
        AllocationState,
        ALLOCATION,
        allocation_in,
        {
            "check": lambda actor: {"checked_by": actor, "checked_at": timezone.now()},
            "send_back": lambda actor: {"checked_by": None, "checked_at": None},
            "adjourn": lambda actor: {"checked_by": None, "checked_at": None},
            "vote": lambda actor: VOTE,
            "reopen": lambda actor: {"body": "", "deliberated_on": None, "deliberation": ""},
            "announce": lambda actor: {"announced_at": timezone.now()},
        },
    ),
}
ROWS = [(name, row) for name, work in WORKFLOWS.items() for row in read_table(work.table)]


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[f"{name}-{row['step']}" for name, row in ROWS])
def test_a_step_starts_from_these_states_and_no_other(name, row):
    work = WORKFLOWS[name]
    step = row["step"]

    found = {str(state): attempt(work, step, state) for state in work.states}

    assert found == {state: row[state] for state in found}


def attempt(work, step, state):
    obj, actor = work.make(state)
    offered = step in work.flow.open_steps(actor, obj)
    stamps = work.stamps.get(step, lambda actor: {})(actor)
    try:
        with transaction.atomic():
            work.flow.take(step, obj, actor=actor, **stamps)
    except Refused:
        assert not offered
        return "-"
    assert offered
    return "yes"


@pytest.mark.parametrize("name", list(WORKFLOWS))
def test_the_table_names_every_step_and_every_state(name):
    work = WORKFLOWS[name]
    rows = read_table(work.table)

    assert [row["step"] for row in rows] == list(work.flow.steps)
    assert list(rows[0])[1:] == [str(state) for state in work.states]


@pytest.mark.parametrize("name", list(WORKFLOWS))
def test_the_database_refuses_every_other_jump(name):
    work = WORKFLOWS[name]
    legal = set(work.flow.pairs())
    for source in work.states:
        obj, _actor = work.make(source)
        row = type(obj).objects.filter(pk=obj.pk)
        for target in work.states:
            if target == source or (source, target) in legal:
                continue
            with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
                row.update(state=target)


def test_allocations_are_made_in_every_state():
    assert {make_allocation(state=state).state for state in AllocationState} == set(AllocationState)
    assert Allocation.objects.count() == len(AllocationState)
