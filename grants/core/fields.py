"""Database and form fields for money."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.core.money import read_euros


class MoneyField(models.DecimalField):
    """Euros, exact to the cent. Bound it on both sides by a constraint: only that refuses NaN."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_digits", 14)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": EurosField, **kwargs})


class EurosField(forms.Field):
    """Reads an amount the way French people write it; keeps what was typed on error."""

    widget = forms.TextInput

    default_error_messages = {
        "invalid": _("Écrivez un montant en euros, par exemple 148 500 ou 148 500,50."),
        "negative": _("Le montant ne peut pas être négatif."),
    }

    def __init__(self, *, max_digits=None, decimal_places=None, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "decimal")
        self.widget.attrs.setdefault("autocomplete", "off")
        self.widget.attrs.setdefault("maxlength", 30)

    def to_python(self, value):
        if isinstance(value, Decimal):
            return value
        text = str(value or "").strip()
        if not text:
            return None
        try:
            amount = read_euros(text)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if amount < 0:
            raise ValidationError(self.error_messages["negative"], code="negative")
        return amount

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return f"{value:,.2f}".replace(",", "\u202f").replace(".", ",").removesuffix(",00")


def between(field, low, high):
    """The condition of a bounded amount: `between("amount", 0, LARGEST)`."""
    return models.Q(**{f"{field}__gte": low, f"{field}__lte": high})
