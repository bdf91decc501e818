"""What stays of a session: what was said of its dossiers, and its minutes."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.core.history import append_only
from reviews.committees import guards
from reviews.committees.models import Item, Session

PERSON = settings.AUTH_USER_MODEL


class Remark(models.Model):
    """What somebody says about the dossier under discussion; it stays."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="remarks")
    author = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        triggers = [
            append_only("remark_append_only"),
            guards.kept_with_session("remark_kept", guards.OF_ITEM, "open"),
        ]

    def __str__(self):
        return f"{self.author} · {self.item}"


class Minutes(models.Model):
    """What a closed session did, sealed by its digest."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="minutes")
    content = models.JSONField(_("contenu"))
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        triggers = [append_only("minutes_append_only")]

    def __str__(self):
        return f"Procès-verbal · {self.session}"
