"""What a manager types about a section or a question, and back as the JSON that is stored."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.core.layouts import part, untagged
from grants.formbuilder import settings_fields, settings_of
from grants.formbuilder.confidentiality import LABELS
from grants.formbuilder.text import clean
from grants.formbuilder.words import KINDS


class CleanText(forms.CharField):
    """Refuses what a page or a PDF could not give back, as answers do."""

    def to_python(self, value):
        try:
            return clean(super().to_python(value) or "")
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class SectionSettings(forms.Form):
    title = CleanText(label=gettext_lazy("Titre de la section"), max_length=120)
    intro = CleanText(
        label=gettext_lazy("Introduction"),
        help_text=gettext_lazy("Ce qu’il faut savoir avant de répondre ; en tête de la page."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = untagged()


class QuestionSettings(forms.Form):
    """The settings of one question, by its kind."""

    section = forms.ChoiceField(label=gettext_lazy("Section"))
    label = CleanText(label=gettext_lazy("Question"), max_length=200)
    help = CleanText(
        label=gettext_lazy("Aide"),
        help_text=gettext_lazy("Ce qu’on attend, à quoi cela sert, si c’est noté."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=800,
        required=False,
    )
    required = forms.BooleanField(label=gettext_lazy("Réponse obligatoire"), required=False)
    confidentiality = forms.ChoiceField(
        label=gettext_lazy("Confidentialité"),
        choices=LABELS.items(),
        help_text=gettext_lazy(
            "Dite à l’entreprise à côté de la question. Les experts ne lisent jamais les "
            "coordonnées bancaires."
        ),
    )

    def __init__(self, typed=None, *, place):
        self.place, self.kind = place, place.kind
        stored, earlier = place.stored, place.earlier
        shown = settings_of.initial(stored, place.section)
        super().__init__(typed, initial=shown | settings_of.logic_as_typed(place.question, earlier))
        self.fields["section"].choices = [(one["key"], one["title"]) for one in place.sections]
        own = settings_fields.fields_for(self.kind, stored)
        has_logic = not stored.get("fact") and not settings_of.is_nested(place.question)
        logic = settings_fields.condition_fields(earlier) if has_logic else {}
        calculation = settings_fields.formula_fields(earlier) if self.kind == "computed" else {}
        self.fields.update({**own, **calculation, **logic})
        if self.kind == "computed":
            del self.fields["required"]
        asked = [name for name in ("section", "label", "help", "required") if name in self.fields]
        self.helper = untagged(
            part(str(KINDS[self.kind]), *asked, *own, *calculation),
            part(_("À qui la réponse est destinée"), "confidentiality"),
            *([part(_("Quand la question est posée"), *logic)] if logic else []),
        )

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        for name, error in list(settings_of.faults(self.kind, cleaned, self.place.earlier)):
            self.add_error(name, error)
        return cleaned

    def values(self):
        """The question as it is stored; what this page does not show stays as it was."""
        place = self.place
        return settings_of.stored_question(
            self.kind, place.stored, self.cleaned_data, place.earlier
        )
