from celery import shared_task
from django.utils import timezone

from reviews.copies import operations


@shared_task
def make_missing_copies():
    """Copy the files of blind calls; run twice, it finds what is made."""
    for document_id in operations.due_documents(timezone.now()):
        operations.make_copy(document_id)
