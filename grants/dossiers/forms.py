from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.organisations.models import Organisation
from grants.formbuilder.answering import SectionForm, number_in

__all__ = ["CompanyForm", "SectionForm", "WithdrawalForm", "number_in"]


class CompanyForm(forms.Form):
    """Which of one's companies applies."""

    organisation = forms.ModelChoiceField(
        label=_("Entreprise qui dépose"),
        queryset=Organisation.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choisissez l’entreprise qui dépose.")},
    )

    def __init__(self, companies, data=None):
        super().__init__(data)
        self.fields["organisation"].queryset = companies


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=_("Motif (facultatif)"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Il nous aide à améliorer le programme. 500 caractères au plus."),
    )
