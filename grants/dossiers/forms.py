from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.organisations.models import Organisation
from grants.core.moments import MomentField
from grants.formbuilder.answering import SectionForm, number_in
from grants.formbuilder.fields import WrittenField

__all__ = ["CompanyForm", "LateForm", "SectionForm", "WithdrawalForm", "number_in"]


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
    reason = WrittenField(
        label=_("Motif (facultatif)"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Il nous aide à améliorer le programme. 500 caractères au plus."),
    )


class LateForm(forms.Form):
    """One draft of the call, by the reference its authors give, and until when it may come in."""

    reference = forms.CharField(
        label=_("Référence du dossier"),
        max_length=30,
        help_text=_("Celle que l’entreprise lit en haut de sa page, par exemple SID27-0012."),
        error_messages={"required": _("Écrivez la référence du dossier à laisser entrer.")},
    )
    until = MomentField(
        label=_("Nouveau délai"),
        help_text=_("Heure de Paris."),
        error_messages={"required": _("Choisissez jusqu’à quand ce dossier peut être déposé.")},
    )
    reason = WrittenField(
        label=_("Motif"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("L’entreprise le lit. 500 caractères au plus."),
        error_messages={"required": _("Écrivez pourquoi : l’entreprise le lira.")},
    )

    def __init__(self, drafts, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.drafts = drafts

    def clean_reference(self):
        text = "".join(self.cleaned_data["reference"].split()).upper()
        code, _dash, number = text.rpartition("-")
        found = self.drafts.filter(call__code=code, number=number_in(number)).first()
        if found is None:
            raise forms.ValidationError(_("Aucun dossier de cet appel ne porte cette référence."))
        self.dossier = found
        return text

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until <= timezone.now():
            raise forms.ValidationError(_("Choisissez une date à venir."))
        return until
