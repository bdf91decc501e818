"""The ranking page asks for nothing twice, and never shows an order that is no longer true."""

from decimal import Decimal

import pytest

from grants.funding.models import Entry
from grants.programmes.models import Criterion
from grants.programmes.states import Role
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

    assert costs == [[15, 9], [15, 9]]  # worked out, then remembered


def costs_of(client, count_queries, call):
    client.force_login(make_staff(call.programme, Role.MANAGER))
    return [count_queries(lambda: client.get(f"/classements/{call.pk}/")) for _time in range(2)]


def test_what_is_remembered_is_what_would_be_worked_out(call):
    read(call, [4, 5], [1, 2], [3, 3])
    Order(call).glance()

    order = Order(call)

    fresh = standing_of(call)
    assert order.page(1) == fresh.ranked
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


def the_money(call):
    envelope = call.programme.envelopes.get()
    Entry.objects.create(
        envelope=envelope, kind="endowment", amount=5, reason="Vote", actor=make_expert().user
    )


@pytest.mark.parametrize("change", [a_score, a_dossier, an_amount, a_recusal, the_money])
def test_every_change_that_matters_is_seen(call, change):
    read(call, [4, 5], [1, 2])
    before = digest_of(call)

    change(call)

    assert digest_of(call) != before


def test_a_mark_moved_from_one_expert_to_another_is_seen(call):
    """The same marks in all, given otherwise."""
    other = make_call(call.programme, state="reviewing")
    read(call, [4, 5], [1, 2])
    read(other, [5, 4], [1, 2])

    assert digest_of(call)[3] != digest_of(other)[3]


def test_weights_are_part_of_it(call):
    read(call, [4, 5])
    before = digest_of(call)
    call = type(call).objects.get(pk=call.pk)
    for criterion in call.criteria.all():
        assert (criterion.pk, criterion.weight) in before[4]
    assert len(before[4]) == Criterion.objects.filter(call=call).count() > 0


def test_an_order_longer_than_a_page_is_cut_where_it_should(call, monkeypatch):
    monkeypatch.setattr("reviews.panels.glance.ROWS", 2)
    read(call, [5, 5], [4, 4], [3, 3])
    order = Order(call)
    order.glance()

    assert [line.rank for line in order.page(1)] == [1, 2]
    assert [line.rank for line in order.page(2)] == [3]
