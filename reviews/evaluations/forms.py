from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.experts.models import Interest


class DeclarationForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Quel lien avez-vous avec cette entreprise, ses dirigeants ou ses concurrents ?"),
        choices=[
            (value, _("Je n’ai pas de lien") if value == Interest.Kind.NONE else label)
            for value, label in Interest.Kind.choices
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une réponse.")},
    )
    text = forms.CharField(
        label=_("Précisions"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Qui, depuis quand. Lues par le service de l’appel seulement."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == Interest.Kind.OTHER and not cleaned.get("text"):
            self.add_error("text", _("Décrivez ce lien en une phrase."))
        return cleaned


class ReopeningForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi rouvrir cette évaluation ?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Écrivez pourquoi : l’expert le lira.")},
    )
