"""The letters there are; which one a decision receives follows from its outcome."""

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from grants.decisions.states import Outcome


class Kind(models.TextChoices):
    AWARD = "award", _("Aide accordée")
    PARTIAL = "partial", _("Aide accordée en partie")
    RESERVE = "reserve", _("Liste de réserve")
    REFUSE = "refuse", _("Demande non retenue")


def kind_of(decision):
    """An award under what was asked is a partial one: its letter says why."""
    requested = decision.dossier.requested
    if decision.outcome == Outcome.AWARD and requested and decision.amount < requested:
        return Kind.PARTIAL
    return Kind(decision.outcome)


# The same in SQL.
KIND = Case(
    When(Q(outcome=Outcome.AWARD, amount__lt=F("dossier__requested")), then=Value(Kind.PARTIAL)),
    default=F("outcome"),
    output_field=models.CharField(),
)
