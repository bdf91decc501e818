"""The rows of a profile: sub-topics with a level, and the houses an expert is bound to."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from stdnum.fr import siren as siren_number

from reviews.experts.background import Tie
from reviews.experts.models import Expertise

FIRST_YEAR, MOST_ROWS = 1950, 40


class SirenField(forms.CharField):
    def __init__(self, **kwargs):
        super().__init__(
            required=False,
            max_length=20,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            **kwargs,
        )

    def to_python(self, value):
        text = "".join(super().to_python(value).split())
        if text and not is_siren(text):
            raise forms.ValidationError(
                _("Ce numéro n’est pas un SIREN : il compte 9 chiffres. Relisez-le."),
                code="siren",
            )
        return text


def is_siren(text):
    return text.isascii() and text.isdigit() and siren_number.is_valid(text)


class Row(forms.Form):
    """A line of a table; one without its first word counts as empty."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            kind = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            field.widget.attrs["class"] = kind


class SubtopicRow(Row):
    name = forms.CharField(label=_("Sous-thème"), max_length=80, required=False)
    theme_id = forms.TypedChoiceField(label=_("Thème"), coerce=int, required=False)
    level = forms.TypedChoiceField(
        label=_("Niveau"), choices=[("", "—"), *Expertise.Level.choices], coerce=int, required=False
    )

    def __init__(self, *args, themes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["theme_id"].choices = [("", "—"), *((one.pk, one.name) for one in themes)]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("name"):
            for name, told in (
                ("theme_id", _("Dites de quel thème.")),
                ("level", _("Dites à quel niveau.")),
            ):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, told)
        elif cleaned.get("level"):
            self.add_error("name", _("Nommez ce sous-thème, ou videz la ligne."))
        return cleaned


class TieRow(Row):
    name = forms.CharField(label=_("Société ou organisme"), max_length=150, required=False)
    kind = forms.ChoiceField(
        label=_("Nature"), choices=[("", "—"), *Tie.Kind.choices], required=False
    )
    siren = SirenField(label=_("SIREN"))
    until = forms.IntegerField(
        label=_("Jusqu’en (année)"),
        required=False,
        min_value=FIRST_YEAR,
        error_messages={"invalid": _("Écrivez une année, par exemple 2023.")},
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("name") and not cleaned.get("kind"):
            self.add_error("kind", _("Dites de quelle nature est ce lien."))
        if not cleaned.get("name") and (cleaned.get("siren") or cleaned.get("kind")):
            self.add_error("name", _("Nommez cette société, ou videz la ligne."))
        if (cleaned.get("until") or 0) > timezone.localdate().year:
            self.add_error("until", _("Cette année n’est pas encore venue."))
        return cleaned


class Rows(forms.BaseFormSet):
    def rows(self):
        """In order, without the lines left empty."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("name")]


class Subtopics(Rows):
    def clean(self):
        if any(self.errors):
            return
        named = [(row["theme_id"], row["name"].casefold()) for row in self.rows()]
        if len(named) != len(set(named)):
            raise forms.ValidationError(_("Un sous-thème est écrit deux fois."))


SubtopicRows = forms.formset_factory(
    SubtopicRow, formset=Subtopics, extra=2, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 10
)
TieRows = forms.formset_factory(
    TieRow, formset=Rows, extra=2, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 10
)
