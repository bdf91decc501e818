from django import forms
from django.utils.translation import gettext_lazy as _


class RemovalForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi lui retirer ce dossier ?"),
        max_length=300,
        error_messages={"required": _("Écrivez pourquoi : l’expert le lira.")},
    )
