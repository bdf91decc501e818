from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.appeals.states import ADMINISTRATIVE, Kind
from grants.core.fields import EurosField
from grants.core.layouts import untagged
from grants.core.moments import DayField

GROUNDS = {"rows": 8}


class AppealForm(forms.Form):
    """What the company writes."""

    kind = forms.ChoiceField(
        label=_("Nature du recours"),
        choices=[(kind.value, kind.label) for kind in Kind if kind in ADMINISTRATIVE],
        widget=forms.RadioSelect,
        initial=Kind.GRACIOUS,
        help_text=_(
            "Gracieux : au service qui a décidé. Hiérarchique : à la Présidente de Région."
        ),
    )
    grounds = forms.CharField(
        label=_("Motifs du recours"),
        max_length=8000,
        widget=forms.Textarea(GROUNDS),
        help_text=_("Ce que vous contestez, et pourquoi. Vous ne pourrez plus le changer."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = untagged()


class PaperAppealForm(AppealForm):
    """What an officer enters of a letter, or of what the court sent."""

    received_on = DayField(label=_("Reçu le"))
    notified_on = DayField(
        label=_("Décision notifiée le"),
        required=False,
        help_text=_("Si la lettre de décision n’a pas été ouverte ici : date de l’accusé postal."),
    )
    reference = forms.CharField(
        label=_("Référence du courrier ou du tribunal"), max_length=60, required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Kind.choices
        self.fields["kind"].help_text = ""

    def clean_received_on(self):
        return past(self.cleaned_data["received_on"])

    def clean_notified_on(self):
        return past(self.cleaned_data["notified_on"])


class RejectForm(forms.Form):
    reply = forms.CharField(
        label=_("Réponse motivée"), max_length=8000, widget=forms.Textarea({"rows": 6})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = untagged()


class GrantForm(RejectForm):
    """The new vote, its amount, and what the company reads."""

    amount = EurosField(label=_("Aide accordée, au total"))
    body = forms.CharField(label=_("Organe"), max_length=120, initial=_("la Commission permanente"))
    held_on = DayField(label=_("Date du vote"))
    number = forms.CharField(label=_("Numéro de la délibération"), max_length=60)

    def clean_held_on(self):
        return past(self.cleaned_data["held_on"])


def past(day):
    if day and day > timezone.localdate():
        raise forms.ValidationError(_("Cette date est à venir."))
    return day
