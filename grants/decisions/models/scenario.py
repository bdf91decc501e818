"""A way to share the envelope out that was tried and kept, chosen or set aside."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.addresses import address_of
from grants.decisions.models.allocation import Allocation


@pghistory.track()
class Scenario(models.Model):
    """`rules` as `ruling.Rules` writes them; `pins`: dossier → amount somebody settled; `result`:
    dossier → amount, outcome, rank on the reserve, rule. Kept with the proposal, whatever it
    became."""

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="scenarios")
    name = models.CharField(_("nom"), max_length=80)
    rules = models.JSONField(default=dict)
    pins = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    is_chosen = models.BooleanField(default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("scénario")
        constraints = [
            models.UniqueConstraint(
                fields=["allocation", "name"],
                name="scenario_name_once",
                violation_error_message=_("Un scénario porte déjà ce nom."),
            ),
            models.UniqueConstraint(
                fields=["allocation"], condition=Q(is_chosen=True), name="scenario_chosen_once"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="scenario_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("allocation_state", "varchar")],
                func="""
                    IF TG_OP = 'DELETE' THEN
                        RAISE EXCEPTION 'scenario_frozen: what was tried is kept'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    SELECT state INTO allocation_state FROM grants_allocation
                    WHERE id = NEW.allocation_id FOR SHARE;
                    IF allocation_state <> 'preparing' OR TG_OP = 'UPDATE' AND
                        ROW(OLD.allocation_id, OLD.rules, OLD.pins, OLD.result, OLD.made_by_id)
                        IS DISTINCT FROM
                        ROW(NEW.allocation_id, NEW.rules, NEW.pins, NEW.result, NEW.made_by_id)
                    THEN
                        RAISE EXCEPTION 'scenario_frozen: what was tried is kept'
                        USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("decisions:scenarios", self.allocation_id)
