"""What makes a form answerable: conditions and formulas look back, and at what can be compared."""

import re

from django.utils.translation import gettext as _

from grants.formbuilder.conditions import WITHOUT_VALUE, comparisons_for, comparisons_in
from grants.formbuilder.confidentiality import CLASSES, strictest
from grants.formbuilder.formulas import TERMS

KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}", re.ASCII)


class BadDefinition(ValueError):
    """This is not a form that can be asked; the text says where."""


def check(definition):
    """Refuse what would be unanswerable, before anybody sees it."""
    before = {}
    for question in definition.questions.values():
        if not KEY.fullmatch(question.key):
            raise BadDefinition(f"{question.key}: not a key")
        check_condition(question, before)
        check_formula(question, before)
        check_limits(question)
        before[question.key] = question


def check_condition(question, before):
    if question.condition is None:
        return
    if question.fact:
        raise BadDefinition(
            _("« %(label)s » sert aux listes et aux calculs : elle est posée à tous.")
            % {"label": question.label}
        )
    for part in comparisons_in(question.condition):
        asked = before.get(part.question)
        if asked is None:
            raise BadDefinition(
                _("La condition de « %(label)s » dépend d’une question placée après, ou retirée.")
                % {"label": question.label}
            )
        check_comparison(question, part, asked)


def check_comparison(question, part, asked):
    offered = {choice.key for choice in asked.choices}
    is_known = part.how in WITHOUT_VALUE or not offered or part.value in offered
    if part.how not in comparisons_for(asked.kind) or not is_known:
        raise BadDefinition(
            _("La condition de « %(label)s » compare mal la réponse à « %(asked)s ».")
            % {"label": question.label, "asked": asked.label}
        )


def check_formula(question, before):
    if (question.kind == "computed") != (question.formula is not None):
        raise BadDefinition(
            _("« %(label)s » : dites ce qui se calcule.") % {"label": question.label}
        )
    if question.formula is None:
        return
    if question.required or question.fact:
        raise BadDefinition(f"{question.key}: a computed value is not asked for")
    terms = [term_of(question, term, before) for term in question.formula.terms]
    closed = strictest([term.confidentiality for term in terms])
    if CLASSES.index(question.confidentiality) < CLASSES.index(closed):
        raise BadDefinition(
            _("« %(label)s » se calcule d’une réponse plus confidentielle : même classe au moins.")
            % {"label": question.label}
        )


def term_of(question, term, before):
    asked = before.get(term.question)
    if asked is not None and is_number(asked, term.column):
        return asked
    raise BadDefinition(
        _("« %(label)s » se calcule d’une question placée après, retirée, ou sans nombre.")
        % {"label": question.label}
    )


def is_number(asked, column_key):
    if not column_key:
        return asked.kind in TERMS
    column = next((column for column in asked.columns if column.key == column_key), None)
    return column is not None and column.kind in TERMS


def check_limits(question):
    least, most = question.least, question.most
    if least is not None and most is not None and least > most:
        raise BadDefinition(
            _("« %(label)s » : la valeur minimale dépasse la maximale.") % {"label": question.label}
        )
    if not 0 <= question.rows_least <= question.rows_most:
        raise BadDefinition(
            _("« %(label)s » : le nombre minimal de lignes dépasse le maximal.")
            % {"label": question.label}
        )
