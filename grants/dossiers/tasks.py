from celery import shared_task
from django.utils import timezone

from grants.dossiers import operations
from grants.dossiers.models import Dossier


@shared_task
def scan(document_id):
    """Have one file scanned; run twice, it finds the answer written and stops."""
    operations.scan(document_id)


@shared_task
def scan_waiting():
    """Files whose scan was lost with a message, or that the scanner could not take."""
    for document_id in operations.take_to_scan(timezone.now()):
        operations.scan(document_id)


@shared_task
def remind_of_drafts():
    """Remind the authors of drafts before closing; run twice, it finds who was told."""
    for dossier in Dossier.objects.to_remind(timezone.now()):
        operations.remind_of_draft(dossier)
