from django import forms
from django.utils.translation import gettext_lazy as _


class RulingForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi ?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Gardé avec la décision. Les experts et l’entreprise ne le lisent pas."),
        error_messages={"required": _("Écrivez pourquoi, après avoir regardé la copie.")},
    )
