"""Handing messages to the broker without making a page wait for one that is away."""

import logging
import time

from celery import current_app
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

REST = 5.0


class Broker:
    """After a failure nobody tries again for a few seconds: sixty letters wait once."""

    def __init__(self):
        self.away_until = 0.0

    def hand_over(self, task, *args):
        """Queue the task; False when the broker is away and the row has to wait for the sweep."""
        if time.monotonic() < self.away_until:
            return False
        try:
            current_app.send_task(task, args)
        except (KombuError, RedisError, OSError) as error:
            log.warning("broker away, %s%s waits for the sweep: %s", task, args, error)
            self.away_until = time.monotonic() + REST
            return False
        return True


broker = Broker()
