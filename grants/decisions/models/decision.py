"""What is decided for each dossier."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.core.fields import MoneyField
from grants.core.money import LARGEST
from grants.decisions.models.allocation import Allocation
from grants.decisions.states import AllocationState, Outcome
from grants.dossiers.models import Dossier
from grants.dossiers.states import State
from grants.funding.models import Entry


class DecisionQuerySet(models.QuerySet):
    def announced(self):
        return self.filter(allocation__state=AllocationState.ANNOUNCED)

    def awarded(self):
        return (
            self.announced().filter(outcome=Outcome.AWARD).exclude(dossier__state=State.WITHDRAWN)
        )


@pghistory.track()
class Decision(models.Model):
    """What is decided for one dossier; editable only while its allocation is prepared."""

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="decisions")
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="decision")
    rank = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    amount = MoneyField(_("montant"), default=0)
    reserve_rank = models.PositiveIntegerField(_("rang de réserve"), null=True, blank=True)
    reason = models.TextField(_("motif"), blank=True)
    rule = models.CharField(_("règle appliquée"), max_length=250, blank=True)
    # Set by the published rules, not by a person: nobody has to give a reason of their own.
    by_rule = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    revised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="decision"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["rank"]
        verbose_name = _("décision")
        constraints = [
            models.UniqueConstraint(fields=["allocation", "rank"], name="decision_rank_once"),
            models.CheckConstraint(
                name="decision_amount_follows_outcome",
                condition=Q(outcome="award", amount__gt=0, amount__lte=LARGEST)
                | (~Q(outcome="award") & Q(amount=0)),
                violation_error_message=_("Seul un dossier retenu reçoit un montant."),
            ),
            models.CheckConstraint(
                name="decision_reserve_has_a_rank",
                condition=Q(outcome="reserve", reserve_rank__gte=1)
                | (~Q(outcome="reserve") & Q(reserve_rank=None)),
            ),
            models.CheckConstraint(
                name="decision_only_awards_commit",
                condition=Q(entry=None) | Q(outcome="award"),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="decision_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("allocation_state", "varchar"), ("home", "bigint")],
                func="""
                    IF TG_OP = 'DELETE' THEN home := OLD.allocation_id;
                    ELSE home := NEW.allocation_id; END IF;
                    SELECT state INTO allocation_state FROM grants_allocation
                    WHERE id = home FOR SHARE;
                    IF allocation_state <> 'preparing' AND NOT (
                        -- Money came after: a reserve list called, or an appeal granted by a vote.
                        TG_OP = 'UPDATE' AND allocation_state = 'announced' AND
                        NEW.outcome = 'award' AND NEW.amount > OLD.amount AND
                        NEW.entry_id IS NOT NULL AND
                        ROW(OLD.dossier_id, OLD.rank, OLD.reason) =
                        ROW(NEW.dossier_id, NEW.rank, NEW.reason) AND (
                            OLD.outcome = 'reserve' AND EXISTS (
                                SELECT 1 FROM grants_promotion p WHERE p.decision_id = NEW.id
                                AND p.state = 'accepted' AND p.amount = NEW.amount) OR
                            NEW.entry_id = COALESCE(OLD.entry_id, NEW.entry_id) AND EXISTS (
                                SELECT 1 FROM grants_appeal p WHERE p.decision_id = NEW.id
                                AND p.state = 'granted' AND p.awarded = NEW.amount))
                    ) AND (
                        TG_OP <> 'UPDATE' OR OLD.entry_id IS NOT NULL OR
                        ROW(OLD.dossier_id, OLD.rank) IS DISTINCT FROM
                        ROW(NEW.dossier_id, NEW.rank) OR
                        allocation_state <> 'reported' AND
                        OLD.reserve_rank IS DISTINCT FROM NEW.reserve_rank OR
                        ROW(OLD.outcome, OLD.amount, OLD.reason) IS DISTINCT FROM
                        ROW(NEW.outcome, NEW.amount, NEW.reason) AND
                        -- A vote changes a line by an amendment, to its words or back.
                        (allocation_state <> 'reported' OR NOT EXISTS (
                            SELECT 1 FROM grants_amendment a WHERE a.decision_id = NEW.id AND (
                                ROW(a.outcome, a.amount, a.reason)
                                = ROW(NEW.outcome, NEW.amount, NEW.reason) OR
                                ROW(a.proposed_outcome, a.proposed_amount, a.proposed_reason)
                                = ROW(NEW.outcome, NEW.amount, NEW.reason))))
                    ) THEN
                        RAISE EXCEPTION 'decision_frozen: proposed decisions do not change'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="decision_within_its_ceiling",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__amount__gt=0),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM grants_aidbasis b
                        WHERE b.decision_id = NEW.id AND b.ceiling < NEW.amount
                    ) AND NOT EXISTS (
                        SELECT 1 FROM grants_aidexception e WHERE e.decision_id = NEW.id
                        AND e.signed_at IS NOT NULL AND e.amount >= NEW.amount
                    ) THEN
                        RAISE EXCEPTION 'decision_within_its_ceiling: no signed exception'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.dossier} · {self.get_outcome_display()}"

    # An amount is money meant for somebody: the rate it represents is computed, never stored.
    @property
    def rate(self):
        base = self.dossier.eligible_base
        return self.amount / base if base else None
