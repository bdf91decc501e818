"""What a phase gives at this instant, asked as rows and as an expression beside other rows."""

import pytest

from grants.programmes.models import Call
from reviews.phases.models import grants
from reviews.phases.permissions import calls_giving
from reviews.phases.rights import BY_KEY, KEYS
from tests.factories import make_call, make_phase

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("right", KEYS)
def test_both_ways_of_asking_for_a_right_agree(right):
    bare, given, refused, over, to_come = (make_call(state="draft") for _call in range(5))
    seeing = {"sees_others": True} if right == "may_discuss" else {}
    make_phase(given, since=-3, until=-1, **{right: False})
    make_phase(given, **{right: True}, **seeing)
    make_phase(refused, since=-3, until=-1, **{right: True}, **seeing)
    make_phase(refused, **{right: False})
    make_phase(over, since=-3, until=-1, **{right: True}, **seeing)
    make_phase(to_come, since=1, until=3, **{right: True}, **seeing)

    told = {call.pk: call.is_given for call in Call.objects.annotate(is_given=grants(right, "pk"))}

    expected = {given.pk, bare.pk} if BY_KEY[right].without_phases else {given.pk}
    assert {pk for pk, is_given in told.items() if is_given} == expected
    assert {call.pk for call in calls_giving(right)} == expected
    assert set(told.values()) == {True, False}
