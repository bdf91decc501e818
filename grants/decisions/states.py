from django.db import models
from django.utils.translation import gettext_lazy as _


class AllocationState(models.TextChoices):
    PREPARING = "preparing", _("En préparation")
    TO_CHECK = "to_check", _("À contrôler")
    CHECKED = "checked", _("Contrôlée")
    REPORTED = "reported", _("Soumise au vote")
    VOTED = "voted", _("Votée")
    ANNOUNCED = "announced", _("Annoncée")


VOUCHED = frozenset(AllocationState) - {AllocationState.PREPARING, AllocationState.TO_CHECK}
DELIBERATED = frozenset({AllocationState.VOTED, AllocationState.ANNOUNCED})


class Outcome(models.TextChoices):
    AWARD = "award", _("Retenu")
    RESERVE = "reserve", _("Liste de réserve")
    REFUSE = "refuse", _("Non retenu")


class FeedbackState(models.TextChoices):
    DRAFT = "draft", _("À relire")
    APPROVED = "approved", _("Relu")
    SENT = "sent", _("Envoyé")
