"""What officers of a call verify, in the words of its team; answers belong to screening."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.programmes.models import Call

COPIED = ("key", "label", "guide", "rules", "rank")  # what a call hands on to the next


@pghistory.track()
class CheckLine(models.Model):
    """One line of the checklist of a call, in the words of its team."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="check_lines")
    key = models.SlugField()
    label = models.CharField(_("contrôle"), max_length=120)
    guide = models.CharField(_("ce qu’il faut regarder"), max_length=300, blank=True)
    # Findings of the eligibility verdict that speak about this line.
    rules = models.JSONField(default=list, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="check_line_key_once")]

    def __str__(self):
        return self.label
