import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.addresses import address_of
from grants.core.fields import MoneyField
from grants.core.history import HistoryStep, append_only
from grants.core.money import LARGEST
from grants.decisions import permissions as may
from grants.decisions.flow import FLOW
from grants.decisions.states import AllocationState, Outcome
from grants.dossiers.models import Dossier
from grants.funding.models import Entry, Envelope
from grants.programmes.models import Call


class Ranking(models.Model):
    """The order of a call as the reviewers handed it over: what a decision rests on."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="ranking")
    method = models.CharField(max_length=12, choices=Call.Method)
    fallback = models.CharField(max_length=300, blank=True)
    threshold = models.DecimalField(max_digits=4, decimal_places=2)
    received_at = models.DateTimeField(default=timezone.now)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    content = models.JSONField(_("calcul complet"))
    sha256 = models.CharField(max_length=64)

    class Meta:
        triggers = [append_only("ranking_append_only")]

    def __str__(self):
        return f"Classement · {self.call}"


class RankLine(models.Model):
    """One dossier of a ranking; scores out of the call's top score."""

    ranking = models.ForeignKey(Ranking, on_delete=models.PROTECT, related_name="lines")
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="rank_line")
    rank = models.PositiveIntegerField()
    score = models.DecimalField(_("note qui classe"), max_digits=6, decimal_places=4)
    raw = models.DecimalField(max_digits=6, decimal_places=4)
    calibrated = models.DecimalField(max_digits=6, decimal_places=4, null=True)
    low = models.DecimalField(max_digits=6, decimal_places=4, null=True)
    high = models.DecimalField(max_digits=6, decimal_places=4, null=True)
    reviews = models.PositiveSmallIntegerField()
    p_funded = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    zone = models.CharField(max_length=10, blank=True)
    by_criterion = models.JSONField(_("moyenne par critère"), default=list)

    class Meta:
        ordering = ["rank"]
        constraints = [models.UniqueConstraint(fields=["ranking", "rank"], name="rank_once")]
        triggers = [append_only("rank_line_append_only")]

    def __str__(self):
        return f"{self.rank}. {self.dossier}"


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
                | Q(state__in=["checked", "announced"], checked_at__isnull=False)
                & ~Q(checked_by=F("prepared_by")),
                violation_error_message=_("La personne qui contrôle n’est pas celle qui prépare."),
            ),
            models.CheckConstraint(
                name="allocation_announced_after_deliberation",
                condition=Q(announced_at=None) & ~Q(state="announced")
                | Q(state="announced", announced_at__isnull=False)
                & Q(deliberated_on__isnull=False)
                & ~Q(body="")
                & ~Q(deliberation=""),
                violation_error_message=_("Une annonce cite sa délibération."),
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


class DecisionQuerySet(models.QuerySet):
    def announced(self):
        return self.filter(allocation__state=AllocationState.ANNOUNCED)

    def awarded(self):
        return self.announced().filter(outcome=Outcome.AWARD)


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
                    IF allocation_state <> 'preparing' AND (
                        TG_OP <> 'UPDATE' OR OLD.entry_id IS NOT NULL OR
                        ROW(OLD.dossier_id, OLD.outcome, OLD.amount, OLD.reason, OLD.reserve_rank,
                            OLD.rank)
                        IS DISTINCT FROM
                        ROW(NEW.dossier_id, NEW.outcome, NEW.amount, NEW.reason, NEW.reserve_rank,
                            NEW.rank)
                    ) THEN
                        RAISE EXCEPTION 'decision_frozen: proposed decisions do not change'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return f"{self.dossier} · {self.get_outcome_display()}"

    # An amount is money meant for somebody: the rate it represents is computed, never stored.
    @property
    def rate(self):
        base = self.dossier.eligible_base
        return self.amount / base if base else None


class DecisionLetter(models.Model):
    """The PDF that was sent, kept as it was."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="letter")
    file = models.FileField(max_length=200)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        triggers = [append_only("decision_letter_append_only")]

    def __str__(self):
        return f"Lettre · {self.decision}"
