"""The mail of a world with a past: old messages were read, old letters left long ago."""

from datetime import timedelta

from django.db.models import F

from accounts.notifications.models import Letter, Notification

READ_AFTER = timedelta(hours=5)


def settle(now) -> None:
    """Only recent messages are new, and only recent letters wait for the worker."""
    Notification.objects.filter(created_at__lt=now - timedelta(days=9)).update(
        read_at=F("created_at") + READ_AFTER
    )
    Letter.objects.filter(created_at__lt=now - timedelta(days=4)).update(
        sent_at=F("created_at"), attempts=1, next_attempt_at=None
    )
