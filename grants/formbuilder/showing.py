"""Stored values back as text: as typed, for the field; as read, for the page and the paper."""

import json
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from grants.core import wording


def as_typed(question, value):
    """The text of the field that holds this value."""
    if value is None:
        return ""
    typed = TYPED.get(question.kind)
    return typed(question, value) if typed else str(value)


def euros_as_typed(_question, value):
    return wording.euros(Decimal(value)).removesuffix("\u202f€").replace("−", "-")


def number_as_typed(_question, value):
    return str(value).replace(".", ",")


def table_as_typed(question, value):
    return json.dumps(rows_as_typed(question, value), ensure_ascii=False)


TYPED = {
    "money": euros_as_typed,
    "decimal": number_as_typed,
    "percentage": number_as_typed,
    "iban": lambda _question, value: in_fours(value),
    "yes_no": lambda _question, value: "true" if value else "false",
    "several_of": lambda _question, value: json.dumps(value, ensure_ascii=False),
    "table": table_as_typed,
}


def rows_as_typed(question, rows):
    return [
        {column.key: as_typed(column, row.get(column.key)) for column in question.columns}
        for row in rows
    ]


def as_read(question, value):
    """One line or paragraph for a reader; tables are shown by `table_of`."""
    if value is None:
        return ""
    show = READERS.get(question.kind)
    return show(question, value) if show else str(value)


def label_of(question, key):
    return next((choice.label for choice in question.choices if choice.key == key), str(key))


def in_fours(text):
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def computed(question, value):
    return READERS[question.formula.shown_as](question, value)


READERS = {
    "money": lambda question, value: wording.euros(Decimal(value)),
    "decimal": lambda question, value: str(value).replace(".", ","),
    "integer": lambda question, value: wording.number(value),
    "percentage": lambda question, value: f"{value}".replace(".", ",") + "\u202f%",
    "iban": lambda question, value: in_fours(value),
    "computed": computed,
    "date": lambda question, value: wording.day(date.fromisoformat(value), weekday=False),
    "yes_no": lambda question, value: _("Oui") if value else _("Non"),
    "one_of": label_of,
    "several_of": lambda question, keys: ", ".join(label_of(question, key) for key in keys),
}


def table_of(question, rows):
    """Heading, lines and totals of a table, all as text."""
    return {
        "columns": [
            {"label": column.label, "is_number": is_number(column)} for column in question.columns
        ],
        "rows": [
            [
                {
                    "label": column.label,
                    "text": as_read(column, row.get(column.key)),
                    "is_number": is_number(column),
                }
                for column in question.columns
            ]
            for row in rows or ()
        ],
        "totals": totals_of(question, rows or ()),
    }


def is_number(column):
    return column.kind in {"money", "decimal", "integer", "percentage"}


def totals_of(question, rows):
    """One text per column, empty where no sum is asked; nothing at all without such a column."""
    if not any(column.total for column in question.columns):
        return []
    return [
        as_read(column, str(total(rows, column.key))) if column.total else ""
        for column in question.columns
    ]


def total(rows, key):
    return sum((Decimal(row[key]) for row in rows if row.get(key) is not None), Decimal(0))
