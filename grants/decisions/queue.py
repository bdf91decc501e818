"""Hands letters to the workers; without a broker the sweep finds them later."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

from grants.decisions.models import Decision

log = logging.getLogger(__name__)
TASK = "grants.decisions.tasks.make_letter"


def letters_of(allocation_id):
    for decision_id in (
        without_letter().filter(allocation=allocation_id).values_list("pk", flat=True)
    ):
        try:
            current_app.send_task(TASK, [decision_id])
        except (OperationalError, OSError):
            log.warning("broker away, letters of allocation %s wait for the sweep", allocation_id)
            return


def without_letter():
    return Decision.objects.announced().filter(letter=None)
