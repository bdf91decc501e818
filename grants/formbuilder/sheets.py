"""The rows of a section page: fields to fill, files to hand in, answers that only can be read."""

from django.forms import RadioSelect

from grants.formbuilder.definition import UNTYPED
from grants.formbuilder.fields import widget_of
from grants.formbuilder.filled import Reply
from grants.formbuilder.telling import condition_in_words, formula_in_words


def rows_of(section, form, clashes, questions):
    """One row per question, in order; a clash shows the other text beside one's own."""
    return [
        {
            **row_of(reply, form, clashes.get(reply.question.key)),
            "asked_if": condition_in_words(reply.question.condition, questions),
            "computed_from": formula_in_words(reply.question.formula, questions),
        }
        for reply in section.replies
    ]


def row_of(reply: Reply, form, clash):
    key = reply.question.key
    field = form[key] if key in form.fields else None
    version = clash.version if clash else reply.version
    return {
        "reply": reply,
        "field": field,
        "is_grouped": field is not None and field.use_fieldset,
        "is_choice": field is not None and isinstance(field.field.widget, RadioSelect),
        "version": version,
        "clash": clash,
        # As read rather than as stored, so that a choice or a date can be compared.
        "theirs": reply.shown or clash.theirs if clash else "",
    }


def anchor_of(reply: Reply):
    """The id that takes the focus when a list of errors leads to this question."""
    question = reply.question
    if question.kind == "table":
        return f"id_{question.key}-0-{question.columns[0].key}"
    if question.kind not in UNTYPED and widget_of(question).use_fieldset:
        return f"id_{question.key}_0"
    return f"id_{question.key}"
