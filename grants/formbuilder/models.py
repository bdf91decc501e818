import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.programmes.models import Call


class FormVersionQuerySet(models.QuerySet):
    def published(self):
        """Newest first."""
        return self.filter(published_at__isnull=False).order_by("-number")

    def in_preparation(self):
        return self.filter(published_at=None)


@pghistory.track()
class FormVersion(models.Model):
    """The questions of a call. A published version never changes; a correction is a new version.

    One version at most is in preparation: it is what its managers edit, and nobody else sees.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="forms")
    number = models.PositiveIntegerField(default=1)
    definition = models.JSONField(_("questions"))
    published_at = models.DateTimeField(null=True, blank=True)
    revised_at = models.DateTimeField(null=True, blank=True)
    revised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = FormVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="form_number_once"),
            models.UniqueConstraint(
                fields=["call"], condition=Q(published_at=None), name="form_one_in_preparation"
            ),
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
