"""Small tables of a question's own settings: choices, columns, comparisons, terms of a formula."""

import json

from django import forms

from grants.formbuilder.definition import Choice, Column, Question
from grants.formbuilder.fields import TableWidget
from grants.formbuilder.text import clean

LONGEST_CELL = 500
MOST_ROWS = 60


class RowsWidget(TableWidget):
    """A table with its blank rows; the key of a row travels with it, unseen."""

    template = "grants/formbuilder/_rows.html"
    buttons = "grants/formbuilder/_row_buttons.html"
    blank_rows = 2


class RowsField(forms.Field):
    """Its value is a list of rows of texts; blank rows do not count."""

    def __init__(self, *columns, **kwargs):
        asked = Question("rows", "", "table", columns=columns)
        super().__init__(required=False, widget=RowsWidget(asked), **kwargs)

    def prepare_value(self, value):
        return value if isinstance(value, str) else json.dumps(value or [])

    def clean(self, value):
        try:
            rows = json.loads(value or "[]")
        except (ValueError, RecursionError):
            rows = []
        if not isinstance(rows, list):
            return []
        typed = [typed_row(row) for row in rows[:MOST_ROWS] if isinstance(row, dict)]
        return [row for row in typed if any(text for name, text in row.items() if name != "key")]


def typed_row(row):
    try:
        return {str(name): clean(str(text))[:LONGEST_CELL] for name, text in row.items()}
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error


def picked(key, label, choices, *, required=True):
    """A column where one chooses in a list of (key, label)."""
    offered = tuple(Choice(key, str(label)) for key, label in choices)
    return Column(key, str(label), "one_of", required=required, choices=offered)


def typed(key, label, *, required=True):
    return Column(key, str(label), required=required)


KEY = Column("key", "", "hidden")
