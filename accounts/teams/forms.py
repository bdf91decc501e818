from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.organisations.models import Membership

INVITED = [
    (Membership.Role.WRITER, _("Rédaction : écrit et dépose les dossiers")),
    (Membership.Role.READER, _("Lecture : lit les dossiers sans rien changer")),
]


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("Adresse électronique"),
        max_length=254,
        help_text=_("Nous y envoyons un lien personnel, valable 14 jours."),
    )
    role = forms.ChoiceField(
        label=_("Rôle"), choices=INVITED, widget=forms.RadioSelect, initial=Membership.Role.WRITER
    )


class TitleForm(forms.Form):
    """“Présidente”, “gérant”; empty, this person no longer engages the company."""

    title = forms.CharField(
        label=_("Qualité du représentant légal"),
        max_length=80,
        required=False,
        error_messages={"max_length": _("Écrivez la qualité en 80 caractères au plus.")},
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Rôle"), choices=Membership.Role)
