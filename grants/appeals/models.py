"""A contested decision as a case: grounds, dates, what it rested on, the answer."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.appeals import permissions as may
from grants.appeals.flow import FLOW
from grants.appeals.states import ANSWERED, Kind, State
from grants.core.addresses import address_of
from grants.core.fields import MoneyField
from grants.core.history import HistoryStep
from grants.core.money import LARGEST
from grants.decisions.models import Decision
from grants.funding.models import Entry

GRANTED = Q(
    state=State.GRANTED,
    awarded__gt=0,
    awarded__lte=LARGEST,
    entry__isnull=False,
    deliberated_on__isnull=False,
) & ~(Q(body="") | Q(deliberation=""))
NOT_GRANTED = ~Q(state=State.GRANTED) & Q(
    awarded=None, entry=None, deliberated_on=None, body="", deliberation=""
)


class AppealQuerySet(models.QuerySet):
    def seen_by(self, user):
        return self.filter(may.SEE.rows(user))

    def for_list(self):
        return self.select_related(
            "decision__dossier__call__programme", "decision__dossier__organisation"
        ).order_by("-received_on", "-pk")

    def for_page(self):
        return self.select_related(
            "decision__allocation", "decision__dossier__call__programme",
            "decision__dossier__organisation", "filed_by", "replied_by",
        )  # fmt: skip


@pghistory.track()
class Appeal(models.Model):
    """What the company contests never changes; the answer is written once."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals")
    kind = models.CharField(_("nature"), max_length=12, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.FILED)
    grounds = models.TextField(_("motifs du recours"))
    is_paper = models.BooleanField(default=False)
    reference = models.CharField(
        _("référence du courrier ou du tribunal"), max_length=60, blank=True
    )
    received_on = models.DateField(_("reçu le"))
    # The day the decision was notified as known at filing: the first reading, or a paper proof.
    notified_on = models.DateField(_("décision notifiée le"), null=True, blank=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    filed_at = models.DateTimeField(default=timezone.now)
    evidence = models.JSONField(_("ce sur quoi la décision reposait"))
    sha256 = models.CharField(max_length=64)
    reply = models.TextField(_("réponse"), blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    replied_at = models.DateTimeField(null=True, blank=True)
    awarded = MoneyField(_("aide accordée sur recours"), null=True, blank=True)
    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, related_name="appeal", null=True, blank=True
    )
    body = models.CharField(_("organe"), max_length=120, blank=True)
    deliberated_on = models.DateField(_("date de la délibération"), null=True, blank=True)
    deliberation = models.CharField(_("numéro de la délibération"), max_length=60, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("recours")
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "kind"],
                condition=Q(state=State.FILED),
                name="appeal_open_once_of_a_kind",
            ),
            models.CheckConstraint(name="appeal_says_why", condition=~Q(grounds="")),
            models.CheckConstraint(
                name="appeal_answered_has_its_reply",
                condition=~Q(state__in=sorted(ANSWERED))
                & Q(reply="", replied_at=None, replied_by=None)
                | Q(state__in=sorted(ANSWERED), replied_at__isnull=False)
                & Q(replied_by__isnull=False)
                & ~Q(reply=""),
            ),
            models.CheckConstraint(
                name="appeal_granted_has_its_money_and_vote", condition=GRANTED | NOT_GRANTED
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="appeal_steps", field="state", transitions=FLOW.pairs()),
            pgtrigger.Protect(name="appeal_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="appeal_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF OLD.state <> 'filed' OR
                        ROW(OLD.decision_id, OLD.kind, OLD.grounds, OLD.is_paper, OLD.reference,
                            OLD.received_on, OLD.notified_on, OLD.evidence, OLD.sha256)
                        IS DISTINCT FROM
                        ROW(NEW.decision_id, NEW.kind, NEW.grounds, NEW.is_paper, NEW.reference,
                            NEW.received_on, NEW.notified_on, NEW.evidence, NEW.sha256)
                    THEN
                        RAISE EXCEPTION 'appeal_frozen: what was contested does not change'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.decision.dossier}"

    def get_absolute_url(self):
        return address_of("appeals:appeal", self.pk)


class AppealStep(HistoryStep):
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="history")
