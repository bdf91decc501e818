from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("Brouillon")
    SUBMITTED = "submitted", _("Déposé")
    INCOMPLETE = "incomplete", _("À compléter")
    ADMISSIBLE = "admissible", _("Recevable")
    INADMISSIBLE = "inadmissible", _("Irrecevable")
    IN_REVIEW = "in_review", _("En évaluation")
    RANKED = "ranked", _("Classé")
    AWARDED = "awarded", _("Retenu")
    RESERVE = "reserve", _("Liste de réserve")
    REFUSED = "refused", _("Non retenu")
    WITHDRAWN = "withdrawn", _("Retiré")


EDITABLE = frozenset({State.DRAFT, State.INCOMPLETE})
TO_SCREEN = frozenset({State.SUBMITTED, State.INCOMPLETE})
REVIEWABLE = frozenset({State.ADMISSIBLE, State.IN_REVIEW})
DECIDED = frozenset({State.AWARDED, State.RESERVE, State.REFUSED})
RECEIVED = frozenset(State) - {State.DRAFT}
FINISHED = frozenset({State.INADMISSIBLE, State.AWARDED, State.REFUSED, State.WITHDRAWN})
ALIVE = frozenset(State) - FINISHED

# What applicants read: internal steps that mean nothing to them share one word, and a decision
# that has not been announced does not show.
PUBLIC_LABELS = {
    State.ADMISSIBLE: _("Recevable, en attente d’évaluation"),
    State.IN_REVIEW: _("En cours d’évaluation"),
    State.RANKED: _("En attente de la décision"),
}
