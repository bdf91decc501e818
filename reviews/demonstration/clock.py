"""Letting the past happen at its own time.

Operations stamp what they do with `timezone.now()`. A world with a history plays them in order,
each under its own clock, so that steps, receipts, entries and letters carry the dates they claim.
"""

from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone


@contextmanager
def at(moment):
    """Inside, the current time is `moment`; single-threaded commands only."""

    class Then(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    usual = timezone.datetime
    timezone.datetime = Then
    try:
        yield moment
    finally:
        timezone.datetime = usual
