from django import forms
from django.utils.translation import gettext_lazy as _

from grants.formbuilder.fields import WrittenField
from reviews.experts.models import Interest


class SignalForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Quel est ce lien ?"),
        choices=[(kind.value, kind.label) for kind in Interest.Kind if kind != Interest.Kind.NONE],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez la nature du lien.")},
    )
    text = WrittenField(
        label=_("En quoi consiste-t-il ?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Par exemple : administrateur de la société jusqu’en 2024."),
        error_messages={"required": _("Décrivez le lien en une phrase.")},
    )
    because = WrittenField(
        label=_("Comment le savez-vous ?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Gardé avec le signalement. L’expert et l’entreprise ne le lisent pas."),
        error_messages={"required": _("Écrivez d’où vient cette information : elle fait foi.")},
    )


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
    reason = WrittenField(
        label=_("Pourquoi ?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Gardé avec la décision. L’expert et l’entreprise ne le lisent pas."),
        error_messages={"required": _("Écrivez pourquoi : ce motif reste au dossier de l’appel.")},
    )
