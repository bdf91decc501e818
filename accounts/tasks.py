"""Celery's door."""

from accounts.notifications.tasks import deliver, deliver_waiting

__all__ = ["deliver", "deliver_waiting"]
