"""Celery's door: imports the tasks of each feature and contains nothing else."""

from reviews.evaluations.tasks import remind_of_evaluations

__all__ = ["remind_of_evaluations"]
