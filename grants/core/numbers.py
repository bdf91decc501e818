"""Plain decimal numbers and percentages as French people type them: no exponent, no NaN."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

TYPED = re.compile(r"\d{1,9}(?:[.,]\d{1,4})?", re.ASCII)
SPACES = dict.fromkeys(map(ord, "\u0020\u00a0\u202f\u2009"))


class NumberField(forms.Field):
    """A number between two bounds; `scale=100` reads and shows a share as a percentage."""

    default_error_messages = {
        "invalid": _("Écrivez un nombre, par exemple 12,5."),
        "bounds": _("Choisissez une valeur entre %(low)s et %(high)s."),
    }

    def __init__(self, *, low, high, scale=1, places=2, **kwargs):
        self.low, self.high, self.scale, self.places = Decimal(low), Decimal(high), scale, places
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "maxlength": "20"}

    def to_python(self, value):
        if value in self.empty_values:
            return None
        bare = str(value).translate(SPACES).removesuffix("%")
        if not TYPED.fullmatch(bare):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        number = Decimal(bare.replace(",", "."))
        if -number.as_tuple().exponent > self.places:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if not self.low <= number <= self.high:
            raise ValidationError(
                self.error_messages["bounds"],
                code="bounds",
                params={"low": written(self.low), "high": written(self.high)},
            )
        return number / self.scale

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return written(Decimal(value) * self.scale)


def written(number):
    """`12,5`, without the zeros that say nothing."""
    return f"{number.normalize():f}".replace(".", ",")


def whole(low, high):
    """What a field of whole numbers says whatever is wrong: between which ones to choose."""
    told = format_lazy(_("Écrivez un nombre entre {low} et {high}."), low=low, high=high)
    return dict.fromkeys(("required", "invalid", "min_value", "max_value"), told)
