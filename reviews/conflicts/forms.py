from django import forms
from django.utils.translation import gettext_lazy as _


class SettlingForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Que décidez-vous ?"),
        choices=[
            ("confirm", _("Confirmer : c’est un conflit, cet expert ne lira pas ce dossier")),
            ("lift", _("Lever : rien ne s’oppose à ce qu’il le lise")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez : confirmer ou lever.")},
    )
    reason = forms.CharField(
        label=_("Pourquoi ?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Gardé avec la décision. L’expert et l’entreprise ne le lisent pas."),
        error_messages={"required": _("Écrivez pourquoi : ce motif reste au dossier de l’appel.")},
    )
