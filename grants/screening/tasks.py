from celery import shared_task
from django.utils import timezone

from grants.screening import operations
from grants.screening.models import Export


@shared_task
def make_export(export_id):
    """Prepare one file; delivered twice, it finds the first at work and stops."""
    operations.make_export(export_id)


@shared_task
def tidy_exports():
    """Take up what the broker lost, drop the files of yesterday."""
    now = timezone.now()
    for export in Export.objects.unmade(now):
        operations.make_export(export.pk)
    operations.drop_stale(now)
