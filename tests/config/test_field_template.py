"""Our template of a field writes what the template pack writes, blanks aside."""

import re
from pathlib import Path

import crispy_bootstrap5
import pytest
from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.template.backends.django import DjangoTemplates

PACK = Path(crispy_bootstrap5.__file__).parent / "templates"
OPTIONS = {"libraries": settings.TEMPLATES[0]["OPTIONS"]["libraries"]}
CHOICES = [("a", "<Un>"), ("b", "Deux")]


class Form(forms.Form):
    hidden = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label="Prénom & nom", help_text="Comme sur <b>vos</b> papiers")
    mail = forms.EmailField(required=False)
    unnamed = forms.CharField(label="")
    text = forms.CharField(widget=forms.Textarea, required=False)
    one = forms.ChoiceField(choices=CHOICES, help_text="Un seul")
    radio = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect, help_text="Au choix")
    many = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    several = forms.MultipleChoiceField(choices=CHOICES, required=False)
    agreed = forms.BooleanField(label="D’accord", help_text="Obligatoire")
    file = forms.FileField(help_text="PDF")
    count = forms.IntegerField(min_value=1)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))


SENT = {"name": "<Ève>", "mail": "non", "one": "z", "radio": "b", "count": "0", "text": "<p>"}


def written(folder, field):
    engine = DjangoTemplates(
        {"NAME": "one", "DIRS": [folder, PACK], "APP_DIRS": True, "OPTIONS": {**OPTIONS}}
    )
    helper = FormHelper()
    context = {"field": field, "form_show_errors": True, "form_show_labels": True}
    context |= {"wrapper_class": "wide", "helper": helper}
    html = engine.get_template("bootstrap5/field.html").render(context)
    return re.sub(r"\s+(?=[<>])|(?<=[<>])\s+", "", re.sub(r"\s+", " ", html))


@pytest.mark.parametrize("sent", [None, {}, SENT], ids=["new", "empty", "wrong"])
@pytest.mark.parametrize("name", Form.base_fields)
def test_the_same_markup(name, sent):
    # A field keeps what its rendering adds to it: each side has its own form.
    ours = written(settings.BASE_DIR / "templates", Form(sent)[name])

    assert ours == written(PACK, Form(sent)[name])
    assert len(ours) > 30
