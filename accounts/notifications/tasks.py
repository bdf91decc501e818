from celery import shared_task

from accounts.notifications import sending


@shared_task
def deliver(letter_id):
    """Send one e-mail; delivered twice, it finds `sent_at` set and stops."""
    sending.send(letter_id)


@shared_task
def deliver_waiting():
    """Queue again whatever the broker lost or the mail server refused."""
    for letter_id in sending.take_waiting():
        deliver.delay(letter_id)
