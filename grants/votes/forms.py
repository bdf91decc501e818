from difflib import get_close_matches

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from grants.core.fields import EurosField
from grants.core.layouts import untagged
from grants.core.moments import DayField
from grants.decisions.states import Outcome
from grants.votes.operations import date_fault_of


class DeliberationForm(forms.Form):
    body = forms.CharField(label=_("Organe"), max_length=120, initial=_("la Commission permanente"))
    held_on = DayField(label=_("Date du vote"))
    number = forms.CharField(
        label=_("Numéro de la délibération"),
        max_length=60,
        help_text=_("Tel qu’il figure sur l’acte, par exemple CP/2026-11/12.07."),
    )

    def __init__(self, *args, allocation, **kwargs):
        super().__init__(*args, **kwargs)
        self.allocation = allocation
        self.helper = untagged()

    def clean_held_on(self):
        held_on = self.cleaned_data["held_on"]
        fault = date_fault_of(self.allocation, held_on)
        if fault:
            raise forms.ValidationError(fault)
        return held_on


class AmendmentForm(forms.Form):
    """One line as the assembly changed it."""

    outcome = forms.ChoiceField(label=_("Issue votée"), choices=Outcome)
    amount = EurosField(
        label=_("Montant voté"), required=False, help_text=_("Pour un dossier retenu seulement.")
    )
    reason = forms.CharField(
        label=_("Motif de l’amendement"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("L’entreprise le lira dans sa lettre."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = untagged()

    def clean(self):
        cleaned = super().clean()
        amount = cleaned.get("amount")
        if "amount" in cleaned and cleaned.get("outcome") == Outcome.AWARD and not amount:
            self.add_error("amount", _("Indiquez le montant voté."))
        if cleaned.get("outcome") in {Outcome.RESERVE, Outcome.REFUSE} and amount:
            self.add_error("amount", _("Seul un dossier retenu reçoit un montant."))
        return cleaned


class RecusalForm(forms.Form):
    """Who left the room, and the references of the dossiers, as the minutes give them."""

    member = forms.CharField(label=_("Élu ou élue"), max_length=120)
    references = forms.CharField(
        label=_("Dossiers"),
        max_length=2000,
        help_text=_("Leurs numéros, séparés par des virgules."),
    )

    def __init__(self, *args, decisions, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {decision.dossier.reference.upper(): decision for decision in decisions}
        self.helper = untagged()

    def clean_references(self):
        typed = [part.strip().upper() for part in self.cleaned_data["references"].split(",")]
        typed = [part for part in typed if part]
        unknown = [part for part in typed if part not in self.known]
        if unknown:
            raise forms.ValidationError(self.unknown(unknown))
        return [self.known[part] for part in dict.fromkeys(typed)]

    def unknown(self, unknown):
        told = ngettext(
            "Ce numéro n’est pas au vote : %(list)s.",
            "Ces numéros ne sont pas au vote : %(list)s.",
            len(unknown),
        ) % {"list": ", ".join(unknown)}
        near = get_close_matches(unknown[0], self.known, n=1)
        return told + (" " + _("Le plus proche est %(near)s.") % {"near": near[0]} if near else "")
