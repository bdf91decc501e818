from celery import shared_task
from django.utils import timezone

from accounts.organisations import operations


@shared_task
def check(organisation_id):
    """Ask the register about one company; run twice, it finds the answer written and stops."""
    operations.check(organisation_id)


@shared_task
def check_waiting():
    """Those the register could not answer for when they were typed."""
    for organisation_id in operations.take_to_check(timezone.now()):
        operations.check(organisation_id)
