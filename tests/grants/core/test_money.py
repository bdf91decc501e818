from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.core.fields import EurosField
from grants.core.money import LARGEST, euro, read_euros, share_out

READ = {
    "0": "0.00",
    "-0": "0.00",
    "7,5": "7.50",
    "7.5": "7.50",
    "1000": "1000.00",
    "1 000,50": "1000.50",
    "1\u202f000,50": "1000.50",
    "148 500 €": "148500.00",
    "148\u00a0500\u202f€": "148500.00",
    "200000 EUR": "200000.00",
    "-12,30": "-12.30",
    "999999999999,99": "999999999999.99",
}
REFUSED = [
    "", " ", "€", "-", ",", "1e5", "1E5", "NaN", "nan", "inf", "-Infinity", "1_000", "１２", "١٢",
    "²", "0.005", "0,005", "1,2,3", "1.000,50", "1,000.50", "+5", "--5", "5-", "0x10", "12abc",
    "$12", "12 $", "12\n", "1\t000", "1\x000", "1000000000000", "1" + "0" * 18, "9" * 5000,
    "12,", ",5", "€12", "12 € €",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "amount"), list(READ.items()))
def test_amounts_are_read_as_french_people_write_them(typed, amount):
    assert str(read_euros(typed)) == amount


@pytest.mark.parametrize("typed", REFUSED)
def test_anything_else_is_refused(typed):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011
        read_euros(typed)

    assert refusal.value.args == (typed,)


@given(st.text() | st.from_regex(r"-?[0-9 .,€]+"))
def test_any_text_is_an_amount_or_a_value_error(typed):
    try:
        amount = read_euros(typed)
    except ValueError:
        return
    assert amount == euro(amount)
    assert abs(amount) <= LARGEST


@given(st.decimals(min_value=-LARGEST, max_value=LARGEST, places=2))
def test_what_the_field_shows_it_reads_back(amount):
    field = EurosField()

    assert read_euros(field.prepare_value(amount)) == amount


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [("0.005", "0.01"), ("0.004", "0.00"), ("-0.005", "-0.01"), ("2.675", "2.68")],
)
def test_halves_round_away_from_zero(exact, rounded):
    assert str(euro(exact)) == rounded


def test_a_float_is_no_money():
    with pytest.raises(TypeError):
        euro(0.1)


AMOUNTS = st.decimals(min_value=0, max_value=LARGEST, places=2)
WEIGHTS = st.lists(st.integers(min_value=0, max_value=10**12), min_size=1, max_size=40)


@given(AMOUNTS, WEIGHTS.filter(any))
def test_shares_add_up_to_the_total_and_stay_within_a_cent_of_exact(total, weights):
    shares = share_out(total, weights)

    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        exact = total * weight / sum(weights)
        assert abs(share - exact) <= Decimal("0.01")


@given(AMOUNTS, WEIGHTS.filter(any))
def test_a_heavier_weight_never_gets_less(total, weights):
    pairs = sorted(zip(weights, share_out(total, weights), strict=True))

    assert all(a[1] <= b[1] for a, b in pairwise(pairs) if a[0] < b[0])


def test_a_cent_goes_to_the_largest_remainder():
    assert share_out(Decimal("100.00"), [1, 1, 1]) == [
        Decimal("33.34"),
        Decimal("33.33"),
        Decimal("33.33"),
    ]


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_weights_that_add_up_to_nothing_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        share_out(Decimal(100), weights)
