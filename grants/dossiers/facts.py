"""The columns of a dossier that repeat an answer, for lists and charts."""

from decimal import Decimal

from grants.formbuilder.answers import is_refused
from grants.programmes.models import Theme

EMPTY = {"title": "", "stage": "", "department": ""}


def facts_of(dossier, definition, values):
    """Column → value for every fact among these answers; a refused answer counts as none."""
    facts = {}
    for question in definition.questions.values():
        if question.fact and question.key in values:
            value = values[question.key]
            column = "theme_id" if question.fact == "theme" else question.fact
            facts[column] = fact(dossier, question, None if is_refused(value) else value)
    return facts


def fact(dossier, question, value):
    if value is None:
        return EMPTY.get(question.fact)
    if question.fact == "theme":
        return theme_of(dossier, value)
    if question.kind == "money":
        return Decimal(value)
    return str(value)[:200]


def theme_of(dossier, key):
    """Saving one field has read the themes with the dossier (`find_held`)."""
    if hasattr(dossier, "themes"):
        return {theme["key"]: theme["pk"] for theme in dossier.themes}.get(key)
    themes = Theme.objects.filter(programme=dossier.call.programme_id, key=key)
    return themes.values_list("pk", flat=True).first()
