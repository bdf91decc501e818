from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from grants.core.fields import EurosField, MoneyField
from grants.core.money import LARGEST


class Budget(forms.Form):
    amount = EurosField()


@pytest.mark.parametrize("typed", ["1e5", "NaN", "beaucoup", "0,005", "-5", "１２"])
def test_a_wrong_amount_stays_as_it_was_typed(typed):
    form = Budget({"amount": typed})

    assert not form.is_valid()
    assert f'value="{typed}"' in str(form["amount"])


def test_the_sentence_says_how_to_write_an_amount():
    assert "148 500" in Budget({"amount": "1e5"}).errors["amount"][0].replace("\u202f", " ")
    assert "négatif" in Budget({"amount": "-5"}).errors["amount"][0]


def test_an_amount_is_shown_as_it_is_written_on_paper():
    form = Budget(initial={"amount": Decimal("148500.50")})

    assert 'value="148\u202f500,50"' in str(form["amount"])


def test_whole_euros_have_no_cents():
    assert EurosField().prepare_value(Decimal("148500.00")) == "148\u202f500"


def test_nothing_typed_is_nothing_when_it_may_be():
    assert EurosField(required=False).clean("  ") is None


def test_nothing_typed_is_refused_when_it_is_needed():
    with pytest.raises(ValidationError):
        EurosField().clean("")


def test_a_model_s_amount_is_typed_in_euros():
    field = MoneyField("montant").formfield()

    assert isinstance(field, EurosField)
    assert field.clean("1 000,5") == Decimal("1000.50")


def test_an_unchanged_amount_has_not_changed():
    field = EurosField()

    assert not field.has_changed(Decimal("148500.00"), "148 500")
    assert field.has_changed(Decimal("148500.00"), "148 501")


def test_the_largest_amount_fits_its_column():
    assert len(LARGEST.as_tuple().digits) == MoneyField().max_digits


def test_an_amount_already_read_stays_as_it_is():
    assert EurosField().clean(Decimal("12.50")) == Decimal("12.50")
