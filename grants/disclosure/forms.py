from django import forms
from django.utils.translation import gettext_lazy as _

from grants.core.layouts import untagged


class RecipientForm(forms.Form):
    recipient = forms.CharField(
        label=_("Qui demande cette copie"),
        max_length=200,
        help_text=_("Nom, société ou association, date de la demande. Conservé avec la copie."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = untagged()
