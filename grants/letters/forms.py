from django import forms
from django.utils.translation import gettext_lazy as _

from grants.core.layouts import untagged
from grants.letters.models import LetterTemplate
from grants.letters.placeholders import faults


class TemplateForm(forms.ModelForm):
    """The three texts of a letter, and the version they were read at."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    class Meta:
        model = LetterTemplate
        fields = ["subject", "body", "remedies"]
        widgets = {
            "body": forms.Textarea({"rows": 14}),
            "remedies": forms.Textarea({"rows": 9}),
        }
        help_texts = {
            "body": _(
                "Une ligne vide sépare deux paragraphes. Un paragraphe dont tous les mots entre "
                "accolades sont vides ne paraît pas."
            ),
        }

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.helper = untagged()

    def clean(self):
        cleaned = super().clean()
        for name in ("subject", "body", "remedies"):
            if name in cleaned:
                cleaned[name] = cleaned[name].replace("\r\n", "\n")
                for fault in faults(cleaned[name], self.kind):
                    self.add_error(name, fault)
        return cleaned

    @property
    def texts(self):
        """What was typed, faultless or not."""
        return {name: self[name].value() or "" for name in ("subject", "body", "remedies")}
