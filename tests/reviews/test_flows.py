"""Every step from every state, as the tables say."""

import pytest

from accounts.access import Refused
from reviews.assignments.flow import FLOW as ASSIGNMENTS
from reviews.assignments.states import AssignmentState
from reviews.evaluations.flow import FLOW as EVALUATIONS
from reviews.evaluations.states import EvaluationState
from reviews.links.flow import FLOW as LINKS
from reviews.links.states import LinkState
from tests.factories import (
    make_assignment,
    make_dossier,
    make_evaluation,
    make_expert,
    make_link,
    make_staff,
)
from tests.tables import read_table

pytestmark = pytest.mark.django_db

OF_ASSIGNMENT = read_table("""
step       active  recused  removed
recuse     yes     -        -
remove     yes     -        -
set_aside  yes     -        -
restore    -       yes      -
""")
OF_LINK = read_table("""
step     open  confirmed  lifted
confirm  yes   -          yes
lift     yes   yes        -
reopen   -     -          yes
""")
OF_EVALUATION = read_table("""
step    draft  submitted
submit  yes    -
reopen  -      yes
""")


def cells(table):
    return [
        (row["step"], state, row[state] == "yes")
        for row in table
        for state in row
        if state != "step"
    ]


@pytest.mark.parametrize(("step", "state", "is_open"), cells(OF_ASSIGNMENT))
def test_steps_of_an_assignment(step, state, is_open):
    assignment = make_assignment(state=state)
    officer = make_staff(assignment.dossier.call.programme)

    assert taken(ASSIGNMENTS, step, assignment, officer) == is_open


@pytest.mark.parametrize(("step", "state", "is_open"), cells(OF_LINK))
def test_steps_of_a_link(step, state, is_open):
    link = make_link(make_expert(), make_dossier(state="admissible"), state=state)
    officer = make_staff(link.dossier.call.programme)
    now = {"settled_by": officer, "settled_at": link.found_at, "settled_because": "Vu."}
    never = {"settled_by": None, "settled_at": None, "settled_because": ""}

    assert taken(LINKS, step, link, officer, **(never if step == "reopen" else now)) == is_open


@pytest.mark.parametrize(("step", "state", "is_open"), cells(OF_EVALUATION))
def test_steps_of_an_evaluation(step, state, is_open):
    evaluation = make_evaluation(submitted=state == "submitted")
    officer = make_staff(evaluation.assignment.dossier.call.programme)
    actor = evaluation.assignment.expert.user if step == "submit" else officer
    stamps = {"submitted_at": evaluation.saved_at} if step == "submit" else {}

    assert taken(EVALUATIONS, step, evaluation, actor, **stamps) == is_open


def taken(flow, step, obj, actor, **stamps):
    try:
        flow.take(step, obj, actor=actor, **stamps)
    except Refused:
        return False
    return True


@pytest.mark.parametrize(
    ("table", "flow", "states"),
    [
        (OF_ASSIGNMENT, ASSIGNMENTS, AssignmentState),
        (OF_LINK, LINKS, LinkState),
        (OF_EVALUATION, EVALUATIONS, EvaluationState),
    ],
)
def test_the_tables_name_every_step_and_state(table, flow, states):
    assert {row["step"] for row in table} == set(flow.steps)
    assert set(table[0]) - {"step"} == set(states.values)
