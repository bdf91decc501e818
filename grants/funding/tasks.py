from celery import shared_task

from grants.funding import operations


@shared_task
def check_ledger():
    """Work every total out again from the entries, each night."""
    operations.check_ledger()
