from celery import shared_task
from django.utils import timezone

from grants.letters import operations
from grants.letters.models import awaited, to_sweep


@shared_task
def make_letters_of(allocation_id):
    """Make the letters of an allocation just announced; made already, they stay as they are."""
    due = awaited().filter(allocation=allocation_id)
    operations.make_letters(list(due.values_list("pk", flat=True)))


@shared_task
def make_letter(decision_id):
    """Try one letter again, because somebody asked."""
    operations.make_letters([decision_id])


@shared_task
def make_missing_letters():
    """Make the letters that a lost message left unmade."""
    due = to_sweep(timezone.now()).order_by("pk").values_list("pk", flat=True)[:200]
    operations.make_letters(list(due))
