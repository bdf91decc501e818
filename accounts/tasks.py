"""Celery's door."""

from accounts.notifications.tasks import deliver, deliver_waiting
from accounts.organisations.tasks import check, check_waiting

__all__ = ["check", "check_waiting", "deliver", "deliver_waiting"]
