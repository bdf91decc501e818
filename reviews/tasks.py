"""Celery's door: imports the tasks of each feature and contains nothing else."""

from reviews.evaluations.tasks import remind_of_evaluations, tell_of_stale_marks

__all__ = ["remind_of_evaluations", "tell_of_stale_marks"]
