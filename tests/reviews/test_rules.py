"""Each right of the reviews answers alike for one object and in SQL, and never twice."""

import pytest

from accounts.access import Rule
from grants.programmes.states import Role
from reviews.assignments import permissions as of_assignments
from reviews.assignments.models import Assignment
from reviews.evaluations import permissions as of_evaluations
from reviews.evaluations.models import Evaluation
from reviews.experts.models import Seat
from tests.factories import (
    make_assignment,
    make_call,
    make_dossier,
    make_evaluation,
    make_expert,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db

FOR_CALLS = {"FOLLOW", "PLAN"}


def rules(module, *, but=frozenset()):
    return {
        name: rule
        for name, rule in vars(module).items()
        if isinstance(rule, Rule) and name not in but
    }


def population():
    """Readings in every state, undeclared ones, and people of all kinds."""
    call, other = make_call(state="reviewing"), make_call(state="reviewing")
    expert = make_expert(call)
    Seat.objects.create(call=other, expert=expert, undertaking_signed_at=call.opens_at)
    Seat.objects.create(call=make_call(), expert=expert)
    unsigned = make_expert(call, signed=False)
    for state in ("in_review", "ranked", "withdrawn"):
        for reader in (expert, unsigned):
            dossier = make_dossier(call=call, state=state)
            make_evaluation(assignment=make_assignment(dossier=dossier, expert=reader))
    undeclared = make_dossier(call=other, state="in_review")
    make_evaluation(
        assignment=make_assignment(dossier=undeclared, expert=expert, declared=False),
        submitted=True,
    )
    for state in ("recused", "removed"):
        dossier = make_dossier(call=call, state="in_review")
        make_assignment(dossier=dossier, expert=expert, state=state)
    make_evaluation(
        assignment=make_assignment(
            dossier=make_dossier(call=call, state="in_review"), expert=expert
        ),
        submitted=True,
    )
    staff = [make_staff(call.programme, role) for role in Role]
    return [expert.user, unsigned.user, make_expert(call).user, make_user(), *staff]


def agree(rules, model):
    people, rows = population(), model.objects.order_by("pk")
    everything = list(rows)
    for name, rule in rules.items():
        for person in people:
            found = list(rows.filter(rule.rows(person)))

            assert found == [row for row in everything if rule.allows(person, row)], name


def test_rights_on_assignments_agree():
    agree(rules(of_assignments, but=FOR_CALLS), Assignment)


def test_rights_on_evaluations_agree():
    agree(rules(of_evaluations), Evaluation)
