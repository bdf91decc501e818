"""Controls written by Python are, but for the blanks after a tag, those of Django's templates."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from grants.core.rendering import WRITTEN, QuickRenderer

NASTY = "l’<b>\"eau\" & 'sel'</b>\n\nfin"
CHOICES = [("", "—"), ("a", NASTY), (3, "trois")]
GROUPED = [("Sud <>", [("a", "A"), ("b", "B")]), ("c", "C")]
ATTRS = {"id": "id_x", "class": "form-control", "required": True, "hidden": False, "data-n": 5,
         "placeholder": NASTY}  # fmt: skip

WIDGETS = [
    forms.TextInput(attrs=ATTRS),
    forms.NumberInput,
    forms.EmailInput,
    forms.URLInput,
    forms.PasswordInput,
    forms.HiddenInput,
    forms.DateInput,
    forms.DateTimeInput,
    forms.TimeInput,
    forms.CheckboxInput(attrs={"id": "id_x"}),
    forms.Textarea(attrs=ATTRS),
    forms.Select(choices=CHOICES, attrs=ATTRS),
    forms.Select(choices=GROUPED),
    forms.SelectMultiple(choices=GROUPED),
    forms.NullBooleanSelect,
    forms.RadioSelect(choices=CHOICES, attrs={"id": "id_x"}),
    forms.RadioSelect(choices=GROUPED),
    forms.CheckboxSelectMultiple(choices=CHOICES),
    forms.FileInput,
    forms.ClearableFileInput,
    forms.SplitDateTimeWidget,
]
VALUES = [None, "", NASTY, 3, "a", True, ["a", "3"], mark_safe("<i>sûr</i>")]


def without_blanks(html):
    return re.sub(r">\s+", ">", html)


def as_one(widget):
    return widget() if isinstance(widget, type) else widget


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("widget", map(as_one, WIDGETS), ids=lambda widget: type(widget).__name__)
def test_the_same_letters(widget, value):
    if isinstance(widget, forms.SplitDateTimeWidget | forms.NullBooleanSelect):
        value = None

    written = widget.render("x-<1>", value, renderer=QuickRenderer())

    expected = widget.render("x-<1>", value, renderer=DjangoTemplates())
    assert without_blanks(written) == without_blanks(expected)


@pytest.mark.parametrize("shape", [forms.RadioSelect, forms.CheckboxSelectMultiple])
def test_one_option_at_a_time(shape):
    class Form(forms.Form):
        one = forms.ChoiceField(choices=CHOICES, widget=shape)

    for wrapped in (True, False):
        quick, slow = (
            [
                without_blanks(option.tag(wrap_label=wrapped))
                for option in Form(renderer=renderer)["one"]
            ]
            for renderer in (QuickRenderer(), DjangoTemplates())
        )
        assert quick == slow


def test_a_text_that_begins_with_an_empty_line_keeps_it():
    written = forms.Textarea().render("x", "\nUn", renderer=QuickRenderer())

    assert written == forms.Textarea().render("x", "\nUn", renderer=DjangoTemplates())


def test_the_usual_controls_need_no_template():
    assert len(WRITTEN) >= 15
    for widget in (forms.TextInput(), forms.Textarea(), forms.Select()):
        assert widget.template_name in WRITTEN
