"""A question as a form field: shows what is stored as it was typed, judges nothing twice."""

import json

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from grants.formbuilder.answers import read
from grants.formbuilder.cells import NUMERIC, Rows, choices_of
from grants.formbuilder.text import clean

MOST_RADIOS = 7
TYPES = {"email": "email", "phone": "tel", "url": "url"}


class WrittenField(forms.CharField):
    """A text for other people: what could not be read or stored as typed is said at the field."""

    def to_python(self, value):
        try:
            return clean(super().to_python(value))
        except ValueError as error:
            raise ValidationError(str(error)) from error


class AnswerField(forms.Field):
    """`clean` reads the text; the text itself is what gets saved, right or wrong."""

    def __init__(self, question):
        super().__init__(
            required=False,
            label=question.label,
            help_text=question.help,
            widget=widget_of(question),
        )
        self.question = question

    def clean(self, value):
        reading = read(self.question, text_in(value))
        if reading.error:
            raise ValidationError(reading.error)
        return reading.value


def text_in(value):
    """What travels: a list of ticked boxes goes as JSON, everything else as it was typed."""
    if isinstance(value, list):
        return json.dumps(value)
    return value or ""


def bound_value(question, text):
    """The other way round: what the widget of this question shows for a stored text."""
    if question.kind == "several_of":
        return json.loads(text) if text else []
    return text


def widget_of(question):
    kind = question.kind
    if kind == "table":
        return TableWidget(question)
    if kind == "long_text":
        return forms.Textarea(attrs={"class": "form-control", "rows": 6, **counter(question)})
    if kind == "one_of" and len(question.choices) > MOST_RADIOS:
        choices = [("", ""), *((choice.key, choice.label) for choice in question.choices)]
        return forms.Select(attrs={"class": "form-select"}, choices=choices)
    if kind in {"one_of", "yes_no", "several_of"}:
        shape = forms.CheckboxSelectMultiple if kind == "several_of" else forms.RadioSelect
        return shape(
            attrs={
                "class": "form-check-input",
                **({"data-many": ""} if kind == "several_of" else {}),
            },
            choices=[(choice.key, choice.label) for choice in choices_of(question)],
        )
    if kind == "date":
        return forms.TextInput(attrs={"class": "form-control", "type": "date"})
    attrs = {"class": "form-control", **counter(question)}
    if kind in NUMERIC:
        attrs["inputmode"] = NUMERIC[kind]
    return forms.TextInput(attrs={**attrs, "type": TYPES.get(kind, "text")})


def counter(question):
    """Lengths are counted while typing; the limit itself is judged by the server."""
    if question.words:
        return {"data-counter": "words", "data-limit": question.words}
    if question.characters and question.kind in {"short_text", "long_text"}:
        return {"data-counter": "characters", "data-limit": question.characters}
    return {}


class TableWidget(forms.Widget):
    """Rows of inputs named `<question>-<row>-<column>`; one blank row waits at the end."""

    use_fieldset = True
    template = "grants/dossiers/fields/table.html"
    buttons = "grants/dossiers/fields/_row_buttons.html"
    blank_rows = 1

    def __init__(self, question):
        super().__init__()
        self.question = question

    def id_for_label(self, id_):
        return ""

    def value_from_datadict(self, data, files, name):
        if name in data:
            return data[name]
        rows = {}
        for column in self.question.columns:
            for number in self.numbers(data, name):
                rows.setdefault(number, {})[column.key] = data.get(
                    f"{name}-{number}-{column.key}", ""
                )
        return json.dumps([rows[n] for n in sorted(rows) if any(rows[n].values())])

    def numbers(self, data, name):
        parts = (key.split("-") for key in data if key.startswith(f"{name}-"))
        return {int(p[1]) for p in parts if len(p) == 3 and p[1].isascii() and p[1].isdigit()}

    def render(self, name, value, attrs=None, renderer=None):
        texts = [*self.rows_in(value), *({} for _n in range(self.blank_rows))]
        rows = Rows(name, self.question, self.buttons)
        context = {
            "name": name,
            "question": self.question,
            "columns": self.question.columns,
            "rows": [rows.row(str(n), row) for n, row in enumerate(texts)],
            "blank": rows.row("__n__", {}),
            "totals": [column for column in self.question.columns if column.total],
            "described_by": (attrs or {}).get("aria-describedby", ""),
        }
        return mark_safe(  # noqa: S308 - the template escapes
            render_to_string(self.template, context)
        )

    def rows_in(self, value):
        """A text that is not rows any more shows none; its error stands above."""
        try:
            rows = json.loads(value or "[]")
        except (ValueError, RecursionError):
            return []
        known = isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
        return rows if known else []
