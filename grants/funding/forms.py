from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.fields import EurosField
from grants.core.layouts import untagged
from grants.core.moments import DayField
from grants.funding.models import Envelope


class EnvelopeForm(forms.ModelForm):
    class Meta:
        model = Envelope
        fields = ["year", "name", "voted_reference"]
        help_texts = {"voted_reference": _("Par exemple : délibération du budget primitif.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = untagged()

    def clean_year(self):
        year = self.cleaned_data["year"]
        if not 2000 <= year <= 2100:
            raise forms.ValidationError(_("Choisissez une année entre 2000 et 2100."))
        return year


class ActForm(forms.Form):
    """A dated act that raises or lowers the credits of an envelope."""

    direction = forms.ChoiceField(
        label=_("Sens"),
        choices=[("endow", _("Ajouter des crédits")), ("reduce", _("Retirer des crédits"))],
        widget=forms.RadioSelect,
        initial="endow",
    )
    amount = EurosField(label=_("Montant"), help_text=_("En euros, par exemple 500 000."))
    act = forms.CharField(
        label=_("Acte"), max_length=45, help_text=_("Par exemple : délibération 2027/AP-02/14.")
    )
    acted_on = DayField(label=_("Date de l’acte"))
    reason = forms.CharField(label=_("Motif"), max_length=250)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = untagged()

    def clean_amount(self):
        amount = self.cleaned_data["amount"]
        if amount <= 0:
            raise forms.ValidationError(_("Le montant est supérieur à zéro."))
        return amount

    def clean_acted_on(self):
        day = self.cleaned_data["acted_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("L’acte est déjà signé : sa date n’est pas à venir."))
        return day

    @property
    def reference(self):
        cleaned = self.cleaned_data
        return f"{cleaned['act']} du {cleaned['acted_on']:%d/%m/%Y}"
