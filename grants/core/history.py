"""The business steps of an object: who took which, when, and why. Rows are never changed."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone


def append_only(name="append_only"):
    """A trigger that refuses to change or delete rows."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


class HistoryStep(models.Model):
    """Base of one history table per state-bearing model; add the foreign key, named `history`."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=40)
    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]
        triggers = [append_only()]

    def __str__(self):
        return f"{self.step} : {self.source} → {self.target}"
