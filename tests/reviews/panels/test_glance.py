"""The ranking page asks for nothing twice, and never shows an order that is no longer true."""

from decimal import Decimal

import pytest

from grants.funding.models import Entry
from grants.programmes.criteria import Criterion
from grants.programmes.states import Role
from reviews.assignments.models import Assignment
from reviews.evaluations.models import Evaluation
from reviews.panels.glance import Order
from reviews.panels.inputs import digest_of
from reviews.panels.standing import standing_of
from tests.factories import (
    make_assignment,
    make_call,
    make_dossier,
    make_envelope,
    make_evaluation,
    make_expert,
    make_programme,
    make_staff,
)
from tests.reviews.panels.test_operations import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    call = make_call(make_programme(), state="reviewing")
    make_envelope(call.programme, year=call.year)
    return call


def test_the_page_costs_the_same_for_one_and_three_dossiers(client, count_queries):
    one, three = (make_call(make_programme(), state="reviewing") for _ in range(2))
    read(one, [4, 4])
    read(three, [4, 4], [3, 3], [2, 2])
    costs = [costs_of(client, count_queries, call) for call in (one, three)]

    assert costs == [[13, 6], [13, 6]]  # worked out, then remembered


def costs_of(client, count_queries, call):
    client.force_login(make_staff(call.programme, Role.MANAGER))
    return [count_queries(lambda: client.get(f"/classements/{call.pk}/")) for _time in range(2)]


def test_what_is_remembered_is_what_would_be_worked_out(call):
    read(call, [4, 5], [1, 2], [3, 3])
    Order(call).glance()

    order = Order(call)

    fresh = standing_of(call)
    assert tuple(place.line for place in order.page(1)) == fresh.ranked
    assert (order.glance().places, order.glance().size) == (fresh.places, 3)


def a_score(call):
    make_evaluation(
        assignment=make_assignment(dossier=call.dossiers.first(), expert=make_expert(call)),
        submitted=True,
    )


def a_dossier(call):
    make_dossier(call=call, state="in_review")


def an_amount(call):
    call.dossiers.update(requested=Decimal(1_000))


def a_recusal(call):
    pair = call.dossiers.first().assignments.first()
    pair.state = "recused"
    pair.save(update_fields=["state"])


def a_reopening(call):
    evaluation = Evaluation.objects.filter(assignment__dossier__call=call).first()
    evaluation.state = "draft"
    evaluation.save(update_fields=["state"])


def an_awaited_reading(call):
    make_assignment(dossier=call.dossiers.first(), expert=make_expert(call))


def several_at_once(call):
    pair = make_assignment(dossier=call.dossiers.first(), expert=make_expert(call))
    pair.pk, pair.expert = None, make_expert(call)
    Assignment.objects.bulk_create([pair])


def a_withdrawal(call):
    call.dossiers.filter(pk=call.dossiers.first().pk).update(state="withdrawn")


def the_money(call):
    envelope = call.programme.envelopes.get()
    Entry.objects.create(
        envelope=envelope, kind="endowment", amount=5, reason="Vote", actor=make_expert().user
    )


CHANGES = [
    a_score, a_dossier, an_amount, a_recusal, a_reopening, an_awaited_reading, several_at_once,
    a_withdrawal, the_money,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_that_matters_is_seen(call, change):
    read(call, [4, 5], [1, 2])
    before = digest_of(call)

    change(call)

    assert digest_of(call) != before


def test_a_draft_being_written_renews_nothing(call):
    read(call, [4, 5])
    make_dossier(call=call)
    before = digest_of(call)

    call.dossiers.filter(state="draft").update(requested=Decimal(7), theme=None)
    pair = make_assignment(
        dossier=make_dossier(state="in_review", call=make_call(state="reviewing"))
    )
    make_evaluation(assignment=pair)

    assert digest_of(call) == before


def test_another_call_is_left_alone(call):
    other = make_call(call.programme, state="reviewing")
    read(call, [4, 5])
    before = digest_of(other)

    a_recusal(call)

    assert digest_of(other) == before


def test_two_changes_of_the_same_row_never_meet_the_first_digest_again(call):
    read(call, [4, 5])
    before = digest_of(call)
    dossier = call.dossiers.first()
    asked = dossier.requested

    for amount in (Decimal(1), asked):
        call.dossiers.filter(pk=dossier.pk).update(requested=amount)

    assert digest_of(call) != before


def test_weights_are_part_of_it(call):
    read(call, [4, 5])
    before = digest_of(call)
    call = type(call).objects.get(pk=call.pk)
    for criterion in call.criteria.all():
        assert f"{criterion.pk} {criterion.weight}" in before[4]
    assert len(before[4]) == Criterion.objects.filter(call=call).count() > 0


def test_an_order_longer_than_a_page_is_cut_where_it_should(call, monkeypatch):
    monkeypatch.setattr("reviews.panels.glance.ROWS", 2)
    read(call, [5, 5], [4, 4], [3, 3])
    order = Order(call)
    order.glance()

    assert [place.line.rank for place in order.page(1)] == [1, 2]
    assert [place.line.rank for place in order.page(2)] == [3]
