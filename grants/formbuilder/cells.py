"""The rows of a table to fill in, written by Python: a plan of twelve lines holds fifty controls.

Each control is what Django's own widget would write, but for blank lines; a test compares them.
"""

from collections.abc import Callable

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from grants.formbuilder.definition import Choice, Question

NUMERIC = {"money": "decimal", "decimal": "decimal", "percentage": "decimal", "integer": "numeric"}
Writer = Callable[[str, str], str]  # (name of the control, its text) → markup


def choices_of(asked):
    if asked.kind == "yes_no":
        return [Choice("true", _("Oui")), Choice("false", _("Non"))]
    return asked.choices


def writer_of(column) -> Writer:
    """The control of one column; its heading is far away on a phone, so it names itself."""
    if column.kind == "hidden":
        return hidden_of(column)
    told = f' data-column="{escape(column.key)}" aria-label="{escape(column.label)}"'
    return (
        choice_of(column, told) if column.kind in {"one_of", "yes_no"} else entry_of(column, told)
    )


def hidden_of(column) -> Writer:
    rest = f' data-column="{escape(column.key)}">'
    return lambda name, text: f'<input type="hidden" name="{name}"{valued(text)}{rest}'


def entry_of(column, told: str) -> Writer:
    kind = "date" if column.kind == "date" else "text"
    mode = f' inputmode="{NUMERIC[column.kind]}"' if column.kind in NUMERIC else ""
    rest = f'{told} class="form-control"{mode}>'

    def write(name: str, text: str) -> str:
        return f'<input type="{kind}" name="{name}"{valued(text)} id="id_{name}"{rest}'

    return write


def choice_of(column, told: str) -> Writer:
    choices = [("", ""), *((choice.key, choice.label) for choice in choices_of(column))]
    plain = {key: f'\n  <option value="{escape(key)}">{escape(label)}</option>'
             for key, label in choices}  # fmt: skip
    chosen = {key: f'\n  <option value="{escape(key)}" selected>{escape(label)}</option>'
              for key, label in choices}  # fmt: skip
    rest = f'{told} class="form-select">'

    def write(name: str, text: str) -> str:
        options = "".join(chosen[key] if key == str(text) else plain[key] for key in plain)
        return f'<select name="{name}" id="id_{name}"{rest}{options}\n</select>'

    return write


def valued(text: str) -> str:
    return "" if text in {"", None} else f' value="{escape(text)}"'


class Rows:
    """The rows of one table; `number` of a row is part of the name of its controls.

    Hidden controls stand in the last cell, before its buttons.
    """

    def __init__(self, name: str, question: Question, buttons: str) -> None:
        self.name = escape(name)
        self.shown = [
            (c.key, escape(c.label), writer_of(c)) for c in question.columns if c.kind != "hidden"
        ]
        self.hidden = [(c.key, writer_of(c)) for c in question.columns if c.kind == "hidden"]
        self.buttons = render_to_string(buttons)

    def row(self, number: str, texts: dict[str, str]) -> SafeString:
        start = f"{self.name}-{number}-"
        cells = "".join(
            f'<td data-label="{label}">{write(start + key, texts.get(key, ""))}</td>'
            for key, label, write in self.shown
        )
        hidden = "".join(write(start + key, texts.get(key, "")) for key, write in self.hidden)
        end = f'<td class="is-actions">{hidden}{self.buttons}</td>'
        return mark_safe(f"<tr>{cells}{end}</tr>")  # noqa: S308 - every part is escaped above
