from decimal import ROUND_DOWN, Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.core.fields import EurosField
from grants.core.money import rounded
from grants.core.numbers import NumberField
from grants.funding.models import Envelope


class PrepareForm(forms.Form):
    """Which envelope pays."""

    envelope = forms.ModelChoiceField(label=_("Enveloppe"), queryset=Envelope.objects.none())

    def __init__(self, *args, call, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["envelope"].queryset = Envelope.objects.of_call(call)
        self.fields["envelope"].empty_label = None


class AmountForm(forms.Form):
    """One row of the studio: an amount, the reason for it, the version it was read at."""

    amount = EurosField(label=_("Montant"), required=False)
    # Beyond 100 it says the same as an amount too large: the ceiling answers, with its reason.
    rate = NumberField(label=_("Taux"), low=0, high=999_999_999, scale=100, required=False)
    reason = forms.CharField(label=_("Motif"), required=False, max_length=1000)
    version = forms.IntegerField(min_value=1)

    def euros_of(self, decision):
        """The amount meant: the one typed, or the rate where only the rate was changed."""
        amount, rate = self.cleaned_data["amount"], self.cleaned_data["rate"]
        base, kept = decision.dossier.eligible_base, decision.amount
        if rate is None or not base or amount != kept:
            return amount or 0
        if rate == rounded(kept / base, 3):
            return kept
        return (base * rate).quantize(Decimal("0.01"), ROUND_DOWN)


class SendBackForm(forms.Form):
    reason = forms.CharField(
        label=_("Ce qui est à reprendre"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )
