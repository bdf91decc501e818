"""Conditions and formulas in words, for managers, for previews and for pages without a script."""

from django.utils.translation import gettext as _

from grants.formbuilder.conditions import Condition
from grants.formbuilder.showing import as_read

HOW = {
    "equals": lambda: _("« %(asked)s » est « %(value)s »"),
    "differs": lambda: _("« %(asked)s » n’est pas « %(value)s »"),
    "at_least": lambda: _("« %(asked)s » vaut au moins %(value)s"),
    "at_most": lambda: _("« %(asked)s » vaut au plus %(value)s"),
    "above": lambda: _("« %(asked)s » dépasse %(value)s"),
    "below": lambda: _("« %(asked)s » est inférieur à %(value)s"),
    "holds": lambda: _("« %(asked)s » comprend « %(value)s »"),
    "lacks": lambda: _("« %(asked)s » ne comprend pas « %(value)s »"),
    "given": lambda: _("« %(asked)s » est remplie"),
    "missing": lambda: _("« %(asked)s » est vide"),
}


def condition_in_words(condition, questions):
    """“si « Aides » est « Oui » et « Effectif » vaut au moins 3”, without the first word."""
    if condition is None:
        return ""
    link = _(" et ") if condition.joined == "all" else _(" ou ")
    return link.join(part_in_words(part, questions) for part in condition.parts)


def part_in_words(part, questions):
    if isinstance(part, Condition):
        return f"({condition_in_words(part, questions)})"
    asked = questions[part.question]
    return HOW[part.how]() % {"asked": asked.label, "value": value_in_words(asked, part.value)}


def value_in_words(asked, value):
    if value is None:
        return ""
    return as_read(asked, [value] if asked.kind == "several_of" else value)


def formula_in_words(formula, questions):
    """“Budget : Montant − Aide demandée”."""
    if formula is None:
        return ""
    sign = {"sum": " + ", "difference": " − ", "ratio": " ÷ "}[formula.act]
    return sign.join(term_in_words(term, questions) for term in formula.terms)


def term_in_words(term, questions):
    asked = questions[term.question]
    column = next((c.label for c in asked.columns if c.key == term.column), "")
    if not column:
        return asked.label
    return _("%(asked)s, total de « %(column)s »") % {"asked": asked.label, "column": column}
