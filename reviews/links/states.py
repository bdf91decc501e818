from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkState(models.TextChoices):
    OPEN = "open", _("À régler")
    CONFIRMED = "confirmed", _("Confirmé")
    LIFTED = "lifted", _("Levé")


# As long as a link stands in one of these, its expert and its dossier are kept apart.
STANDING = frozenset({LinkState.OPEN, LinkState.CONFIRMED})
