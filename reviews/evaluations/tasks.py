from celery import shared_task
from django.utils import timezone

from reviews.evaluations import operations


@shared_task
def remind_of_evaluations():
    """Remind reviewers a week before, the day before, and once when late."""
    now = timezone.now()
    for expert, due_at in operations.to_remind(now=now):
        operations.remind(expert, due_at, now=now)
