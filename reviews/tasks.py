"""Celery's door: imports the tasks of each feature and contains nothing else."""

from reviews.conflicts.tasks import look_at_expert, look_where_due
from reviews.copies.tasks import make_missing_copies
from reviews.evaluations.tasks import remind_of_evaluations, tell_of_stale_marks

__all__ = [
    "look_at_expert",
    "look_where_due",
    "make_missing_copies",
    "remind_of_evaluations",
    "tell_of_stale_marks",
]
