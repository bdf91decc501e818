from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from grants.core.numbers import NumberField


@pytest.mark.parametrize(
    ("typed", "read"),
    [("50", "0.5"), ("12,5", "0.125"), ("50\u202f%", "0.5"), ("100", "1")],
)
def test_a_percentage_is_read_as_a_share(typed, read):
    assert NumberField(low=1, high=100, scale=100).clean(typed) == Decimal(read)


@pytest.mark.parametrize(
    "typed", ["NaN", "1e5", "-3", "٣", "1_0", "12,555", "Infinity", "101", "0"]
)
def test_what_is_not_a_number_between_the_bounds_is_refused(typed):
    with pytest.raises(ValidationError):
        NumberField(low=1, high=100).clean(typed)


def test_a_stored_share_is_shown_as_a_percentage():
    assert NumberField(low=1, high=100, scale=100).prepare_value(Decimal("0.5000")) == "50"
