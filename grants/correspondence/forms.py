from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.layouts import untagged
from grants.core.moments import MomentField, end_of_day, twice_note

USUAL_DAYS, MOST_DAYS = 10, 60


class OpinionForm(forms.Form):
    expert_name = forms.CharField(label=_("Prénom et nom"), max_length=120)
    email = forms.EmailField(
        label=_("Adresse électronique"),
        help_text=_("Le lien y est envoyé ; il n’ouvre que ce dossier."),
    )
    question = forms.CharField(
        label=_("Question posée"),
        help_text=_("Dites sur quoi vous attendez un avis, et dans quelle longueur."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
    )
    expires_at = MomentField(
        label=_("Lien valable jusqu’au"), help_text=_("Heure de Paris ; 60 jours au plus.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["expires_at"].initial = end_of_day(USUAL_DAYS, now=timezone.now())
        self.helper = untagged()

    def clean_expires_at(self):
        expires_at, now = self.cleaned_data["expires_at"], timezone.now()
        if not now < expires_at <= now + timedelta(days=MOST_DAYS):
            raise forms.ValidationError(_("Choisissez une date à venir, dans les 60 jours."))
        return expires_at

    def notes(self):
        note = twice_note(self.fields["expires_at"].label, self.cleaned_data["expires_at"])
        return [note] if note else []
