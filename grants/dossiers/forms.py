from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.organisations.models import Organisation
from grants.dossiers.fields import AnswerField, bound_value, text_in


class SectionForm(forms.Form):
    """The open questions of a section, always bound: to what is stored, or to what was typed."""

    use_required_attribute = False

    def __init__(self, section, typed=None):
        self.replies = {
            reply.question.key: reply
            for reply in section.replies
            if reply.is_asked and reply.question.kind != "file"
        }
        stored = {key: bound_value(r.question, r.text) for key, r in self.replies.items()}
        super().__init__(data=stored if typed is None else typed)
        for key, reply in self.replies.items():
            self.fields[key] = AnswerField(reply.question)
        for key in self.errors:
            attrs = self.fields[key].widget.attrs
            attrs["class"] = f"{attrs.get('class', '')} is-invalid".strip()

    def texts(self):
        """Key → text, as they travel and are stored."""
        return {key: text_in(self[key].data) for key in self.fields}

    def versions(self):
        """Key → the version its author saw; what is not a number was never seen."""
        told = {key: self.data.get(f"version-{key}", "") for key in self.fields}
        return {key: number_in(text) for key, text in told.items()}


def number_in(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


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
