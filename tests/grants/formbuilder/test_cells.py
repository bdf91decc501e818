import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from grants.formbuilder.cells import NUMERIC, Rows, choices_of, writer_of
from grants.formbuilder.definition import parse

COLUMNS = [
    {"key": "what", "kind": "short_text", "label": "Poste <b> & « autre »"},
    {"key": "cost", "kind": "money", "label": "Montant"},
    {"key": "share", "kind": "percentage", "label": "Part"},
    {"key": "count", "kind": "integer", "label": "Nombre"},
    {"key": "on", "kind": "date", "label": "Le"},
    {"key": "sure", "kind": "yes_no", "label": "Certain"},
    {"key": "kind", "kind": "one_of", "label": "Nature", "choices": [
        ["loan", "Prêt d’honneur"], ["own", "Fonds <propres>"]]},
]  # fmt: skip
BUTTONS = "grants/dossiers/fields/_row_buttons.html"
TEXTS = ["", "12", "148 500,50", 'a "quoted" <script>', "true", "own", "2026-02-29"]


def question_of(columns):
    return parse(
        {"sections": [{"key": "s", "title": "S", "questions": [
            {"key": "plan", "kind": "table", "label": "Plan", "columns": columns}]}]}
    ).questions["plan"]  # fmt: skip


def as_django_writes(column, name, text):
    attrs = {"id": f"id_{name}", "data-column": column.key, "aria-label": column.label}
    if column.kind in {"one_of", "yes_no"}:
        choices = [("", ""), *((choice.key, choice.label) for choice in choices_of(column))]
        widget = forms.Select({**attrs, "class": "form-select"}, choices)
    else:
        attrs |= {"class": "form-control"}
        if column.kind in NUMERIC:
            attrs["inputmode"] = NUMERIC[column.kind]
        widget = forms.TextInput({**attrs, "type": "date" if column.kind == "date" else "text"})
    return widget.render(name, text, renderer=DjangoTemplates())


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("column", question_of(COLUMNS).columns, ids=lambda column: column.key)
def test_control_of_a_cell_is_what_django_writes(column, text):
    written = writer_of(column)("plan-3-x", text)

    assert written.split() == as_django_writes(column, "plan-3-x", text).split()


def test_a_row_names_its_controls_by_its_number_and_escapes_what_was_typed():
    row = Rows("plan", question_of(COLUMNS[:1]), BUTTONS).row("__n__", {"what": "<i>"})

    assert row.startswith('<tr><td data-label="Poste &lt;b&gt; &amp; « autre »"><input type="text"')
    assert 'name="plan-__n__-what" value="&lt;i&gt;"' in row
    assert "data-remove-row" in row
