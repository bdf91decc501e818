from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.layouts import untagged
from grants.core.moments import MomentField, end_of_day, twice_note
from grants.formbuilder.fields import WrittenField
from grants.formbuilder.text import storable
from grants.screening.models import Check, CompletionRequest

LONGEST_DELAY = 90
USUAL_DELAY = 15


WHICH = _("Choisissez une réponse.")


class CheckForm(forms.Form):
    outcome = forms.ChoiceField(
        choices=Check.Outcome, error_messages={"required": WHICH, "invalid_choice": WHICH}
    )
    note = WrittenField(
        max_length=500,
        required=False,
        error_messages={"max_length": _("La remarque tient en 500 caractères : raccourcissez-la.")},
    )

    def problem(self):
        return " ".join(told for errors in self.errors.values() for told in errors)


class CompletionForm(forms.Form):
    message = WrittenField(
        label=_("Message à l’entreprise"),
        help_text=_("Dites ce qui manque et pourquoi, en peu de mots."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
    )
    questions = forms.MultipleChoiceField(
        label=_("Questions à rouvrir"),
        help_text=_("Seules ces réponses pourront changer."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choisissez au moins une question.")},
    )
    due_at = MomentField(label=_("Réponse attendue avant le"), help_text=_("Heure de Paris."))
    effect = forms.ChoiceField(
        label=_("Effet sur le délai de deux mois"),
        help_text=_("CRPA, articles L. 114-5 et L. 231-4, 3°."),
        choices=CompletionRequest.Effect,
        initial=CompletionRequest.Effect.RESTART,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, definition, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["questions"].choices = choices_of(definition)
        self.definition = definition
        self.fields["due_at"].initial = end_of_day(USUAL_DELAY, now=timezone.now())
        # The questions stand between, each with its own note: the page lays them out.
        self.helper = untagged("message")
        self.end_helper = untagged("due_at", "effect")

    def asked(self):
        """Sections of questions to tick, with what was typed about each."""
        ticked = set(self["questions"].value() or ())
        return [
            {
                "title": title,
                "is_open": len(self.definition["sections"]) == 1
                or any(key in ticked for key, _label in questions),
                "questions": [
                    {
                        "key": key,
                        "label": label,
                        "on": key in ticked,
                        "note": self.data.get(f"note-{key}", ""),
                    }
                    for key, label in questions
                ],
            }
            for title, questions in choices_of(self.definition)
        ]

    def notes_typed(self):
        """What is missing at each ticked question; a sentence of 300 characters at most."""
        ticked = self.cleaned_data["questions"]
        return {key: storable(self.data.get(f"note-{key}", ""))[:300] for key in ticked}

    def clean_due_at(self):
        due_at, now = self.cleaned_data["due_at"], timezone.now()
        if due_at < now + timedelta(days=1):
            raise forms.ValidationError(_("Laissez au moins un jour à l’entreprise."))
        if due_at > now + timedelta(days=LONGEST_DELAY):
            raise forms.ValidationError(_("Le délai ne dépasse pas 90 jours."))
        return due_at

    def notes(self):
        note = twice_note(self.fields["due_at"].label, self.cleaned_data["due_at"])
        return [note] if note else []


class ExtensionForm(forms.Form):
    """A later date to answer by, and why: the company reads both."""

    until = MomentField(label=_("Nouveau délai de réponse"), help_text=_("Heure de Paris."))
    reason = WrittenField(
        label=_("Motif"),
        help_text=_("L’entreprise le lit. 500 caractères au plus."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )

    def __init__(self, *args, given, **kwargs):
        super().__init__(*args, **kwargs)
        self.given = given
        now = timezone.now()
        start = max(given, now) if given else now
        self.fields["until"].initial = end_of_day(USUAL_DELAY, now=start)
        self.helper = untagged()

    def clean_until(self):
        until, now = self.cleaned_data["until"], timezone.now()
        if self.given and until <= self.given:
            raise forms.ValidationError(
                _("Choisissez une date plus tardive que celle déjà donnée.")
            )
        if until < now + timedelta(days=1):
            raise forms.ValidationError(_("Laissez au moins un jour à l’entreprise."))
        if until > now + timedelta(days=LONGEST_DELAY):
            raise forms.ValidationError(_("Le délai ne dépasse pas 90 jours."))
        return until


def choices_of(definition):
    """The questions of a form, under the titles of their sections."""
    return [
        (
            section["title"],
            [
                (asked["key"], asked["label"])
                for asked in section["questions"]
                if asked["kind"] != "computed"
            ],
        )
        for section in definition["sections"]
    ]


class LineForm(forms.Form):
    key = forms.SlugField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(label=_("Contrôle"), max_length=120, required=False)
    guide = forms.CharField(label=_("Ce qu’il faut regarder"), max_length=300, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("label", "guide"):
            self.fields[name].widget.attrs["class"] = "form-control"


class Lines(forms.BaseFormSet):
    def lines(self):
        """In order, without those whose label is empty."""
        typed = [form.cleaned_data for form in self.forms]
        blank = {"key": "", "label": "", "guide": ""}
        return [{**blank, **line} for line in typed if line.get("label")]


LineFormSet = forms.formset_factory(LineForm, formset=Lines, extra=3, max_num=43, absolute_max=60)


class RejectForm(forms.Form):
    reason = WrittenField(
        label=_("Motif"),
        help_text=_("Il est écrit tel quel à l’entreprise : citez la règle et le fait."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = untagged()
