from celery import shared_task
from django.utils import timezone

from grants.dossiers import operations
from grants.dossiers.models import Dossier


@shared_task
def remind_of_drafts():
    """Remind the authors of drafts before closing; run twice, it finds who was told."""
    for dossier in Dossier.objects.to_remind(timezone.now()):
        operations.remind_of_draft(dossier)
