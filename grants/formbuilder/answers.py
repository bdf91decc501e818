"""An answer at rest: a typed value, nothing, or the refused text with its reason kept beside it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from grants.formbuilder.definition import Question
from grants.formbuilder.kinds import READ
from grants.formbuilder.showing import as_typed
from grants.formbuilder.tables import read_table
from grants.formbuilder.text import clean, storable


@dataclass(frozen=True)
class Reading:
    """What a text became: `value` is stored; `error` is empty when the text was right."""

    value: Any
    error: str = ""


def read(question: Question, text: str) -> Reading:
    """Read a typed text; a text that is wrong is kept as it was typed."""
    try:
        bare = clean(text)
        if not bare:
            return Reading(None)
        reader = read_table if question.kind == "table" else READ[question.kind]
        return Reading(reader(question, bare))
    except ValueError as error:
        return Reading({"raw": storable(text)}, str(error))


def is_refused(value: Any) -> bool:
    """No kind has an object as its value: an object is a text that could not be read."""
    return isinstance(value, dict) and "raw" in value


def text_of(question: Question, value: Any) -> str:
    """What the field shows again."""
    return str(value["raw"]) if is_refused(value) else as_typed(question, value)


def error_of(question: Question, value: Any) -> str:
    """Why this answer does not fit its question, also when the question has changed since."""
    if value is None:
        return ""
    try:
        text = text_of(question, value)
    except (ValueError, TypeError, ArithmeticError, AttributeError):
        return _("Cette réponse ne convient plus à la question : reprenez-la.")
    return read(question, text).error
