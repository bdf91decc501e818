from django.db import models
from django.utils.translation import gettext_lazy as _


class SessionState(models.TextChoices):
    PREPARED = "prepared", _("En préparation")
    OPEN = "open", _("En séance")
    CLOSED = "closed", _("Close")
    CANCELLED = "cancelled", _("Annulée")


class ItemState(models.TextChoices):
    WAITING = "waiting", _("À examiner")
    DISCUSSED = "discussed", _("En discussion")
    VOTING = "voting", _("Vote ouvert")
    SETTLED = "settled", _("Examiné")


class Part(models.TextChoices):
    """What somebody is in a session."""

    CHAIR = "chair", _("Présidence")
    MEMBER = "member", _("Membre")
    SECRETARY = "secretary", _("Secrétariat")


CURRENT = frozenset({ItemState.DISCUSSED, ItemState.VOTING})
VOTERS = (Part.CHAIR, Part.MEMBER)
BUREAU = (Part.CHAIR, Part.SECRETARY)
