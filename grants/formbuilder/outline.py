"""A definition as a list a manager reads: sections, questions, and what may be done to each."""

from grants.formbuilder.building import digest
from grants.formbuilder.definition import parse
from grants.formbuilder.telling import condition_in_words, formula_in_words
from grants.formbuilder.words import KINDS


def outline_of(definition):
    """Sections and questions with their place, kind and condition in words."""
    form = parse(definition)
    stored = {q["key"]: q for section in definition["sections"] for q in section["questions"]}
    return [
        {
            "section": section,
            "seen": digest({"key": section.key, "title": section.title, "intro": section.intro}),
            "is_first": n == 0,
            "is_last": n == len(form.sections) - 1,
            "questions": [
                line_of(form, question, stored[question.key]) for question in section.questions
            ],
        }
        for n, section in enumerate(form.sections)
    ]


def line_of(form, question, stored):
    return {
        "question": question,
        "seen": digest(stored),
        "kind": KINDS[question.kind],
        "condition": condition_in_words(question.condition, form.questions),
        "formula": formula_in_words(question.formula, form.questions),
    }


def retired_in(definition):
    return [
        {"key": question["key"], "label": question["label"], "kind": KINDS[question["kind"]]}
        for question in definition.get("retired", ())
    ]
