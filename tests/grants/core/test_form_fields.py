"""Fields written by Python are, but for blanks between tags, those of the template."""

import re

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from grants.core.templatetags.fields import written, written_in_row

NASTY = "l’<b>\"eau\" & 'sel'</b>"
CHOICES = [("", "—"), ("a", NASTY), (3, "trois")]
GROUPED = [(None, [("a", "A")]), ("c", "C")]
HELP = mark_safe("Une <abbr>phrase</abbr>.")


class Shapes(forms.Form):
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(label=NASTY, help_text=HELP)
    unlabelled = forms.CharField(label="", required=False)
    dressed = forms.CharField(widget=forms.TextInput(attrs={"class": "is-money form-control"}))
    email = forms.EmailField(required=False, help_text="Au travail.")
    number = forms.IntegerField(min_value=3)
    long = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=5)
    on = forms.DateField(required=False)
    agreed = forms.BooleanField(label=NASTY, help_text=HELP)
    one = forms.ChoiceField(choices=CHOICES)
    several = forms.MultipleChoiceField(choices=CHOICES, required=False)
    radio = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect, help_text=HELP)
    boxes = forms.MultipleChoiceField(
        choices=CHOICES, widget=forms.CheckboxSelectMultiple, label=NASTY, required=False
    )
    bare = forms.ChoiceField(choices=GROUPED, widget=forms.RadioSelect, label="", required=False)
    file = forms.FileField(required=False)
    moments = forms.SplitDateTimeField(required=False)


class Coloured(Shapes):
    error_css_class, required_css_class = "is-wrong", "is-needed"


WRONG = {"number": "2", "long": NASTY, "on": "hier", "one": "z", "boxes": ["a", "9"], "text": ""}
RIGHT = {"text": NASTY, "number": "4", "agreed": "on", "one": "a", "boxes": ["a", "3"]}


def without_blanks(html):
    return re.sub(r"\s+", " ", re.sub(r"\s*(?=<)|(?<=>)\s*", "", html)).replace('" >', '">')


@pytest.mark.parametrize("context", [{}, {"wrapper_class": "is-wide"}, {"inline_class": "x"}])
@pytest.mark.parametrize("typed", [None, {}, WRONG, RIGHT], ids=["new", "empty", "wrong", "right"])
@pytest.mark.parametrize("shape", [Shapes, Coloured])
@pytest.mark.parametrize("name", Shapes.base_fields)
def test_a_field_has_the_letters_of_its_template(name, shape, typed, context):
    quick, slow = (
        render_to_string(
            f"bootstrap5/{template}.html",
            {"field": shape(typed)[name], "form_show_errors": True, "form_show_labels": True}
            | context,
        )
        for template in ("field", "any_field")
    )

    assert without_blanks(quick) == without_blanks(slow)


def test_errors_are_shown_where_the_form_shows_them():
    field = Shapes(WRONG)["number"]

    assert "invalid-feedback" in render_to_string(
        "bootstrap5/field.html", {"field": field, "form_show_errors": True}
    )
    assert "invalid-feedback" not in render_to_string("bootstrap5/field.html", {"field": field})


@pytest.mark.parametrize("typed", [None, WRONG], ids=["new", "wrong"])
def test_a_field_written_by_itself_has_the_letters_of_crispy(typed):
    usual = set(Shapes.base_fields) - {"hidden", "file", "moments"}
    for name in usual:
        quick, slow = (write(Shapes(typed)[name]) for write in (written, as_crispy_field))

        assert without_blanks(quick) == without_blanks(slow)


def test_a_field_in_a_row_says_its_label_and_what_is_wrong():
    html = written_in_row(Shapes(WRONG)["text"])

    assert html.startswith('<div><label class="form-label small" for="id_text">l’&lt;b&gt;')
    assert html.endswith('id="id_text_error">Ce champ est obligatoire.</p></div>')
