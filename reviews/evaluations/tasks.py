from celery import shared_task
from django.utils import timezone

from reviews.evaluations import operations, settling


@shared_task
def remind_of_evaluations():
    """Remind reviewers a week before, the day before, and once when late."""
    now = timezone.now()
    for expert, due_at in operations.to_remind(now=now):
        operations.remind(expert, due_at, now=now)


@shared_task
def tell_of_stale_marks():
    """Tell reviewers of the marks a completion has called into question."""
    settling.tell_authors()
