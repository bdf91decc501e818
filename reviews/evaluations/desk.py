"""A reviewer's home as values: what is due, what is next, what is done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from reviews.assignments import board


@dataclass(frozen=True)
class Reading:
    """One dossier to read, with where it stands."""

    assignment: Any
    state: str
    label: str
    criteria: int

    @property
    def evaluation(self):
        return getattr(self.assignment, "evaluation", None)

    @property
    def is_done(self):
        return self.state == board.DONE

    @property
    def is_stale(self):
        """A mark of it rests on an answer that has changed."""
        return self.assignment.is_stale and self.assignment.is_cleared

    @property
    def url(self):
        """Where its reviewer goes on: the declaration first, then the grid, or what changed."""
        if not self.assignment.is_cleared or self.evaluation is None:
            return reverse("evaluations:declare", args=[self.assignment.pk])
        page = "evaluations:stale" if self.is_stale else "evaluations:evaluate"
        return reverse(page, args=[self.evaluation.pk])


@dataclass(frozen=True)
class Day:
    """Everything due at one moment."""

    due_at: datetime
    readings: list

    @property
    def anchor(self):
        return f"le-{timezone.localtime(self.due_at).date().isoformat()}"


def readings_of(assignments, *, criteria, now):
    """`criteria` counts those of each call."""
    found = []
    for assignment in assignments:
        state = board.progress_of(assignment, now=now)
        count = criteria.get(assignment.dossier.call_id, 0)
        found.append(Reading(assignment, state, board.label_of(state), count))
    return found


def days_of(readings):
    """What is left, by the moment it is due, the nearest first."""
    days = {}
    for reading in readings:
        if not reading.is_done:
            days.setdefault(reading.assignment.due_at, []).append(reading)
    return [Day(due_at, days[due_at]) for due_at in sorted(days)]


def next_of(readings):
    """What to open next: the nearest date, and there what has already been begun."""
    left = [reading for reading in readings if not reading.is_done]
    return min(
        left,
        key=lambda r: (r.assignment.due_at, -r.assignment.marks, r.assignment.pk),
        default=None,
    )
