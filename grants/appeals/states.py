from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    FILED = "filed", _("À examiner")
    GRANTED = "granted", _("Accueilli")
    REJECTED = "rejected", _("Rejeté")
    WITHDRAWN = "withdrawn", _("Retiré")


class Kind(models.TextChoices):
    GRACIOUS = "gracious", _("Recours gracieux")
    HIERARCHICAL = "hierarchical", _("Recours hiérarchique")
    COURT = "court", _("Recours contentieux")


# Only these interrupt the delay to go to court (CRPA L.411-2).
ADMINISTRATIVE = frozenset({Kind.GRACIOUS, Kind.HIERARCHICAL})
ANSWERED = frozenset({State.GRANTED, State.REJECTED})
