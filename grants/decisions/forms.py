from django import forms
from django.utils.translation import gettext_lazy as _

from grants.core.fields import EurosField
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
    reason = forms.CharField(label=_("Motif"), required=False, max_length=1000)
    version = forms.IntegerField(min_value=1)


class SendBackForm(forms.Form):
    reason = forms.CharField(
        label=_("Ce qui est à reprendre"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )
