"""An offer to the next dossier of a reserve list, when money came back."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.fields import MoneyField
from grants.core.money import LARGEST
from grants.decisions.models.decision import Decision


@pghistory.track()
class Promotion(models.Model):
    """Offered by the machine, accepted by a manager; `amount` is what is free, then what is
    awarded."""

    class State(models.TextChoices):
        OFFERED = "offered", _("Proposée")
        ACCEPTED = "accepted", _("Acceptée")
        LAPSED = "lapsed", _("Devenue sans objet")

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="promotions")
    reserve_rank = models.PositiveIntegerField(_("rang de réserve"))
    amount = MoneyField(_("montant"))
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    offered_at = models.DateTimeField(default=timezone.now)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("appel de la liste de réserve")
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=Q(state="offered"), name="promotion_offered_once"
            ),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(state="accepted"), name="promotion_accepted_once"
            ),
            models.CheckConstraint(
                name="promotion_accepted_by_somebody",
                condition=Q(state="offered", accepted_by=None, closed_at=None)
                | Q(state="lapsed", accepted_by=None, closed_at__isnull=False)
                | Q(state="accepted", accepted_by__isnull=False, closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="promotion_amount_bounded", condition=Q(amount__gt=0, amount__lte=LARGEST)
            ),
        ]

    def __str__(self):
        return f"{self.decision} · {self.get_state_display()}"
