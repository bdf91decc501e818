"""The decisions of a call taken together, and what happened to them."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.addresses import address_of
from grants.core.history import HistoryStep
from grants.decisions import permissions as may
from grants.decisions.flow import FLOW
from grants.decisions.models.ranking import Ranking
from grants.decisions.states import DELIBERATED, VOUCHED, AllocationState
from grants.funding.models import Envelope
from grants.programmes.models import Call


class AllocationQuerySet(models.QuerySet):
    def seen_by(self, user):
        return self.filter(may.SEE.rows(user))

    def for_list(self):
        return self.select_related("call__programme", "envelope").order_by("-pk")

    def for_detail(self):
        return self.select_related(
            "call__programme", "envelope", "ranking", "prepared_by", "checked_by"
        )


@pghistory.track()
class Allocation(models.Model):
    """The decisions of a call taken together: prepared, checked, deliberated, announced."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="allocation")
    ranking = models.OneToOneField(Ranking, on_delete=models.PROTECT, related_name="allocation")
    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="allocations")
    state = models.CharField(
        max_length=20, choices=AllocationState, default=AllocationState.PREPARING
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    prepared_at = models.DateTimeField(default=timezone.now)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    body = models.CharField(_("organe"), max_length=120, blank=True)
    deliberated_on = models.DateField(_("date de la délibération"), null=True, blank=True)
    deliberation = models.CharField(_("numéro de la délibération"), max_length=60, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)

    objects = AllocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposition d’attribution")
        constraints = [
            models.CheckConstraint(
                name="allocation_checked_by_a_second_person",
                condition=Q(state__in=["preparing", "to_check"], checked_by=None, checked_at=None)
                | Q(state__in=sorted(VOUCHED), checked_at__isnull=False)
                & ~Q(checked_by=F("prepared_by")),
                violation_error_message=_("La personne qui contrôle n’est pas celle qui prépare."),
            ),
            models.CheckConstraint(
                name="allocation_voted_cites_its_deliberation",
                condition=~Q(state__in=sorted(DELIBERATED))
                & Q(body="", deliberation="", deliberated_on=None)
                | Q(state__in=sorted(DELIBERATED), deliberated_on__isnull=False)
                & ~Q(body="")
                & ~Q(deliberation=""),
                violation_error_message=_("Un vote cite sa délibération."),
            ),
            models.CheckConstraint(
                name="allocation_announced_has_its_hour",
                condition=Q(announced_at=None) & ~Q(state="announced")
                | Q(state="announced", announced_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="allocation_steps", field="state", transitions=FLOW.pairs()),
        ]

    def __str__(self):
        return f"{self.call} · {self.get_state_display()}"

    def get_absolute_url(self):
        return address_of("decisions:studio", self.pk)


class AllocationStep(HistoryStep):
    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="history")
