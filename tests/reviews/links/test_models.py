"""What the database refuses about links, whoever writes the row."""

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from reviews.assignments.models import Assignment
from reviews.links.models import DetectedLink
from tests.factories import make_assignment, make_dossier, make_expert, make_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    dossier = make_dossier(state="submitted")
    return {"dossier": dossier, "expert": make_expert()}


@pytest.mark.parametrize("state", ["open", "confirmed"])
def test_nobody_is_assigned_against_a_link_that_stands(pair, state):
    make_link(**pair, state=state)

    with pytest.raises(IntegrityError, match="no_assignment_against_a_conflict"):
        make_assignment(**pair, declared=False)


def test_a_lifted_link_lets_the_assignment_stand(pair):
    make_link(**pair, state="lifted")

    make_assignment(**pair, declared=False)

    assert Assignment.objects.active().count() == 1


def test_no_link_stands_against_an_assignment(pair):
    make_assignment(**pair, declared=False)

    with pytest.raises(IntegrityError, match="no_standing_link_with_an_assignment"):
        make_link(**pair)


def test_a_lifted_link_does_not_come_back_against_an_assignment(pair):
    link = make_link(**pair, state="lifted")
    make_assignment(**pair, declared=False)

    with pytest.raises(IntegrityError, match="no_standing_link_with_an_assignment"):
        DetectedLink.objects.filter(pk=link.pk).update(
            state="open", settled_by=None, settled_at=None, settled_because=""
        )


def test_an_assignment_closed_does_not_open_again_against_a_link(pair):
    assignment = make_assignment(**pair, declared=False)
    Assignment.objects.filter(pk=assignment.pk).update(state="recused")
    make_link(**pair)

    with pytest.raises(IntegrityError, match="no_assignment_against_a_conflict"):
        Assignment.objects.filter(pk=assignment.pk).update(state="active")


@pytest.mark.parametrize("missing", ["settled_by", "settled_at", "settled_because"])
def test_a_link_is_settled_by_somebody_some_day_for_a_reason(pair, missing):
    missing = {missing: "" if missing == "settled_because" else None}

    with pytest.raises(IntegrityError, match="settled_by_somebody_for_a_reason"):
        make_link(**pair, state="lifted", **missing)


def test_one_row_per_pair_and_never_without_a_kind(pair):
    with pytest.raises(IntegrityError, match="is_a_conflict"), transaction.atomic():
        make_link(**pair, kind="none")
    make_link(**pair)

    with pytest.raises(IntegrityError, match="detected_link_once"):
        make_link(**pair)


def test_the_database_knows_the_steps_of_a_link(pair):
    link = make_link(**pair, state="confirmed")

    with pytest.raises(ProgrammingError, match="Invalid transition"):
        DetectedLink.objects.filter(pk=link.pk).update(
            state="open", settled_by=None, settled_at=None, settled_because=""
        )
