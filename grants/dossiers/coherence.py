"""Answers that contradict each other: told before submission, never an obstacle to it."""

from decimal import Decimal

from django.utils.translation import gettext as _

from grants.core import wording
from grants.formbuilder.showing import total


def doubts_of(filled):
    """(question, sentence) for each contradiction among the answers given so far."""
    budget, financing = total_of(filled, "budget"), total_of(filled, "financing")
    base = filled.value("eligible_base")
    amounts = {"budget": wording.euros(budget), "financing": wording.euros(financing)}
    if budget is not None and financing is not None and budget != financing:
        yield (
            "financing",
            _("Le plan de financement (%(financing)s) n’égale pas le budget (%(budget)s).")
            % amounts,
        )
    if budget is not None and base is not None and Decimal(base) > budget:
        yield "eligible_base", _("L’assiette éligible dépasse le budget (%(budget)s).") % amounts
    if filled.value("aided") and not filled.value("aids"):
        yield "aids", _("Vous avez répondu avoir reçu des aides, mais le tableau est vide.")


def total_of(filled, key):
    rows = filled.value(key)
    return None if rows is None else total(rows, "amount")
