"""The columns of a dossier that repeat an answer, for lists and charts."""

from decimal import Decimal

from grants.formbuilder.answers import is_refused
from grants.programmes.models import Theme

EMPTY = {"title": "", "stage": "", "department": "", "theme": None}


def facts_of(dossier, definition, values):
    """Column → value for every fact among these answers; a refused answer counts as none."""
    facts = {}
    for question in definition.questions.values():
        if question.fact and question.key in values:
            value = values[question.key]
            facts[question.fact] = fact(dossier, question, None if is_refused(value) else value)
    return facts


def fact(dossier, question, value):
    if value is None:
        return EMPTY.get(question.fact)
    if question.fact == "theme":
        return Theme.objects.filter(programme=dossier.call.programme_id, key=value).first()
    if question.kind == "money":
        return Decimal(value)
    return str(value)[:200]
