from celery import shared_task

from grants.history import operations


@shared_task(
    autoretry_for=(operations.StillWriting,), retry_backoff=60, max_retries=5, ignore_result=True
)
def seal_history():
    """Seal what the last hour added, and send the digest where it is kept."""
    operations.send_away(operations.seal()[-1])
