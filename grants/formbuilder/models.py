import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.programmes.models import Call


@pghistory.track()
class FormVersion(models.Model):
    """The questions of a call. A published version never changes; a correction is a new version."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="forms")
    number = models.PositiveIntegerField(default=1)
    definition = models.JSONField(_("questions"))
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="form_number_once"),
            models.CheckConstraint(name="form_number_from_one", condition=Q(number__gte=1)),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_form_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.call} · v{self.number}"
