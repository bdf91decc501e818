"""What every process loads first."""

import os

# Matrices of a few hundred lines: threads that wait for each other on a busy machine cost fourteen
# times more than they save. Set before numpy is loaded; an operator's own value stands.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from config.celery import app as celery_app

__all__ = ["celery_app"]
