import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NotificationQuerySet(models.QuerySet):
    def seen_by(self, user):
        return self.filter(recipient=user)

    def unread(self):
        return self.filter(read_at=None)

    def for_inbox(self, user):
        """New ones first, then the newest."""
        return (
            self.seen_by(user)
            .annotate(is_read=models.Q(read_at__isnull=False))
            .order_by("is_read", "-pk")
        )


class Notification(models.Model):
    """What somebody was told, written in the same transaction as the fact it tells."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notifications"
    )
    kind = models.CharField(max_length=60)
    subject = models.CharField(_("objet"), max_length=200)
    body = models.TextField(_("message"))
    link = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["recipient", "read_at", "-created_at"])]

    def __str__(self):
        return self.subject


class Letter(models.Model):
    """An e-mail to be delivered at least once: the outbox. Sent, then marked, under a row lock."""

    notification = models.OneToOneField(
        Notification, on_delete=models.CASCADE, null=True, related_name="letter"
    )
    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.EmailField()
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    # Holds a link that opens something: forgotten once sent.
    is_secret = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(sent_at=None),
                name="letter_waiting",
            )
        ]

    def __str__(self):
        return f"{self.subject} → {self.address}"


class StoredMail(models.Model):
    """A message that the local run kept instead of sending; production has none."""

    address = models.CharField(max_length=320)
    sender = models.CharField(max_length=320)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    stored_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.subject} → {self.address}"
