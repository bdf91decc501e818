"""What readers of one dossier say to each other once each has judged alone."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.history import append_only
from reviews.evaluations.models import Evaluation

LONGEST = 2_000


class DiscussionNote(models.Model):
    """Said by the author of an evaluation to the other readers of its dossier; kept for good."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField(_("remarque"), max_length=LONGEST)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        triggers = [append_only("discussion_note_append_only")]

    def __str__(self):
        return f"{self.evaluation} · {self.at:%d/%m/%Y}"
