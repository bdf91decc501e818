import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.organisations.models import Membership, Organisation


class InvitationQuerySet(models.QuerySet):
    def waiting(self, at=None):
        """Neither taken, nor withdrawn, nor too old."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=at or timezone.now())

    def unanswered(self):
        """Those too old included: whoever sent them has to know."""
        return self.filter(accepted_at=None, revoked_at=None)


@pghistory.track(exclude=["token_sha256"])
class Invitation(models.Model):
    """A letter that opens a company to one address, once; only the digest of its key is kept."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invitations"
    )
    email = models.EmailField(_("adresse électronique"))
    role = models.CharField(max_length=10, choices=Membership.Role)
    token_sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=Q(accepted_at=None, revoked_at=None),
                name="invitation_one_open_per_address",
            ),
            models.CheckConstraint(
                name="invitation_taken_or_withdrawn",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, revoked_at=None),
            ),
            models.CheckConstraint(
                name="invitation_expires_later", condition=Q(expires_at__gt=F("invited_at"))
            ),
        ]

    def __str__(self):
        return f"{self.email} · {self.organisation}"
