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


class DeliberationForm(forms.Form):
    body = forms.CharField(label=_("Organe"), max_length=120, initial=_("la Commission permanente"))
    held_on = forms.DateField(
        label=_("Date du vote"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    number = forms.CharField(
        label=_("Numéro de la délibération"),
        max_length=60,
        help_text=_("Tel qu’il figure sur l’acte, par exemple CP/2026-11/12.07."),
    )
