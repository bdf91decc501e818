"""What was put to the vote, what the vote changed, and who left the room."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.fields import MoneyField
from grants.core.history import append_only
from grants.core.money import LARGEST
from grants.decisions.models import Allocation, Decision
from grants.decisions.states import Outcome

# What is entered of a vote is written and struck out only while the allocation stands before it.
WHILE_REPORTED = """
    SELECT state INTO allocation_state FROM grants_allocation WHERE id = {home} FOR SHARE;
    IF allocation_state <> 'reported' THEN
        RAISE EXCEPTION 'vote_closed: this vote is not open'
        USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


class Report(models.Model):
    """What the assembly was given to vote on; a proposal taken up again gets another one."""

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="reports")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField(_("contenu"))
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["allocation", "version"], name="report_version_once"),
        ]
        triggers = [append_only("report_append_only")]

    def __str__(self):
        return f"Rapport {self.version} · {self.allocation}"


@pghistory.track()
class Amendment(models.Model):
    """One line the vote changed: as it was put to the vote, as it was voted, and why."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="amendment")
    proposed_outcome = models.CharField(max_length=10, choices=Outcome)
    proposed_amount = MoneyField()
    proposed_reason = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    amount = MoneyField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="amendment_changes_something",
                condition=~Q(outcome=F("proposed_outcome")) | ~Q(amount=F("proposed_amount")),
            ),
            models.CheckConstraint(
                name="amendment_amount_follows_outcome",
                condition=Q(outcome="award", amount__gt=0, amount__lte=LARGEST)
                | (~Q(outcome="award") & Q(amount=0)),
            ),
            models.CheckConstraint(name="amendment_has_a_reason", condition=~Q(reason="")),
        ]
        triggers = [
            pgtrigger.Protect(name="amendment_never_edited", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="amendment_while_reported",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                declare=[("allocation_state", "varchar")],
                func=WHILE_REPORTED.format(
                    home="(SELECT allocation_id FROM grants_decision WHERE id = CASE"
                    " WHEN TG_OP = 'DELETE' THEN OLD.decision_id ELSE NEW.decision_id END)"
                ),
            ),
        ]

    def __str__(self):
        return f"Amendement · {self.decision}"


@pghistory.track()
class Recusal(models.Model):
    """An elected member who took no part, and left the room, for one dossier."""

    # CGCT L.1111-6: whoever sits on the body that is granted aid takes no part in the vote.
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="recusals")
    member = models.CharField(_("élu ou élue"), max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["member", "decision__rank"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "member"], name="vote_recusal_once"),
            models.CheckConstraint(name="vote_recusal_names_somebody", condition=~Q(member="")),
        ]
        triggers = [
            pgtrigger.Protect(name="vote_recusal_never_edited", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="vote_recusal_while_reported",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                declare=[("allocation_state", "varchar")],
                func=WHILE_REPORTED.format(
                    home="(SELECT allocation_id FROM grants_decision WHERE id = CASE"
                    " WHEN TG_OP = 'DELETE' THEN OLD.decision_id ELSE NEW.decision_id END)"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.member} · {self.decision}"
