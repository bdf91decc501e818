import pytest
from django.core.exceptions import PermissionDenied

from accounts.access import Refused
from grants.programmes.states import Role
from reviews.panels.composite import composite
from reviews.panels.operations import settle
from reviews.panels.standing import standing_of
from tests.factories import (
    make_assignment,
    make_call,
    make_dossier,
    make_evaluation,
    make_expert,
    make_programme,
    make_staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return make_call(make_programme(), state="reviewing")


@pytest.fixture
def manager(call):
    return make_staff(call.programme, Role.MANAGER)


def read(call, *rows):
    """One dossier per row, each row the marks of successive experts on both criteria."""
    experts = [make_expert(call) for _ in rows[0]]
    dossiers = []
    for row in rows:
        dossier = make_dossier(call=call, state="in_review")
        dossiers.append(dossier)
        for expert, mark in zip(experts, row, strict=True):
            pair = make_assignment(dossier=dossier, expert=expert)
            scores = {"innovation": mark, "impact": mark}
            make_evaluation(assignment=pair, scores=scores, submitted=mark is not None)
    return dossiers


def test_composite_weighs_the_criteria():
    assert composite({"a": 5, "b": 0}, {"a": 60, "b": 40}) == 3.0


def test_composite_of_an_unfinished_review_is_nothing():
    assert composite({"a": 5, "b": None}, {"a": 60, "b": 40}) is None


def test_settling_hands_the_order_over(call, manager):
    weak, strong = read(call, [2, 3], [4, 5])

    ranking = settle(call, actor=manager)

    lines = [
        (line.dossier, line.rank, float(line.raw), line.reviews) for line in ranking.lines.all()
    ]
    assert lines == [(strong, 1, 4.5, 2), (weak, 2, 2.5, 2)]
    assert [row["mean"] for row in ranking.lines.first().by_criterion] == [4.5, 4.5]
    assert ranking.content["lines"][0]["dossier_id"] == strong.pk


def test_a_missing_evaluation_keeps_the_order_open(call, manager):
    (dossier,) = read(call, [4, 4])
    pair = make_assignment(dossier=dossier, expert=make_expert(call))
    make_evaluation(assignment=pair)

    with pytest.raises(Refused, match="encore 1 évaluation"):
        settle(call, actor=manager)


def test_a_dossier_nobody_read_keeps_the_order_open(call, manager):
    read(call, [4, 4])
    make_dossier(call=call, state="in_review")

    with pytest.raises(Refused, match="aucune évaluation"):
        settle(call, actor=manager)


def test_settling_twice_is_refused(call, manager):
    read(call, [4, 4])
    settle(call, actor=manager)

    with pytest.raises(Refused, match="déjà arrêté"):
        settle(call, actor=manager)


def test_an_officer_does_not_settle(call):
    read(call, [4, 4])

    with pytest.raises(PermissionDenied):
        settle(call, actor=make_staff(call.programme, Role.OFFICER))


def test_a_recused_reviewer_no_longer_counts(call):
    (dossier,) = read(call, [1, 5])
    pair = dossier.assignments.earliest("pk")
    pair.state = "recused"
    pair.save(update_fields=["state"])

    assert standing_of(call).ranked[0].raw == 5.0
