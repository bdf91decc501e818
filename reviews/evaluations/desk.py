"""A reviewer's home as values: what is due, how long it takes, what is next, what is done.

Read as light rows: a home may hold a hundred readings.
"""

from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import NamedTuple
from zlib import crc32

from django.db.models import BooleanField, IntegerField
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.core.prepared import prepared
from grants.dossiers.numbering import reference_of
from grants.dossiers.states import State
from reviews.assignments import board
from reviews.assignments.models import Assignment
from reviews.evaluations.models import Evaluation
from reviews.evaluations.states import EvaluationState
from reviews.experts.models import Seat

LEAST_MEASURED = 3  # readings of one's own before their pace is believed


class Reading(NamedTuple):
    """One dossier still to read, with where it stands."""

    pk: int
    number: int
    code: str
    title: str
    organisation: str
    theme: str | None
    minutes: int
    due_at: datetime
    evaluation: int | None
    is_cleared: bool
    marks: int
    criteria: int
    handed_in: int

    @property
    def reference(self) -> str:
        return reference_of(self.code, self.number)

    @property
    def day(self) -> date:
        return timezone.localtime(self.due_at).date()

    @property
    def progress(self) -> str:
        return f"{self.marks}/{self.criteria}"

    @property
    def is_begun(self) -> bool:
        return self.marks > 0

    @property
    def url(self) -> str:
        """Where its reviewer goes on: the declaration first, then the grid."""
        if not self.is_cleared or self.evaluation is None:
            return reverse("evaluations:declare", args=[self.pk])
        return reverse("evaluations:evaluate", args=[self.evaluation])

    def standing(self, now):
        return board.standing(
            is_done=False, is_late=self.due_at <= now, is_cleared=self.is_cleared, marks=self.marks
        )


class Finished(NamedTuple):
    """An evaluation one has handed in: always there to read again."""

    pk: int
    number: int
    code: str
    title: str
    organisation: str
    submitted_at: datetime
    seconds: int

    @property
    def reference(self) -> str:
        return reference_of(self.code, self.number)

    @property
    def url(self) -> str:
        return reverse("evaluations:own", args=[self.pk])


# Counts written by hand: as expressions of the ORM they took longer to put together than to run.
def by_hand(sql, kind):
    return RawSQL(sql, (), kind)  # noqa: S611 - fixed text, nothing of anybody's in it


CLEARED = by_hand(
    """EXISTS (SELECT 1 FROM reviews_interest interest WHERE interest.kind = 'none'
    AND interest.expert_id = reviews_assignment.expert_id
    AND interest.dossier_id = reviews_assignment.dossier_id)""",
    BooleanField(),
)
MARKS = by_hand(
    """(SELECT count(score.value) FROM reviews_score score
    JOIN reviews_evaluation mine ON mine.id = score.evaluation_id
    WHERE mine.assignment_id = reviews_assignment.id)""",
    IntegerField(),
)
CRITERIA = by_hand(
    """(SELECT count(*) FROM grants_criterion criterion
    JOIN grants_dossier given ON given.call_id = criterion.call_id
    WHERE given.id = reviews_assignment.dossier_id)""",
    IntegerField(),
)
HANDED_IN = by_hand(
    """(SELECT count(*) FROM reviews_assignment other
    JOIN reviews_evaluation theirs ON theirs.assignment_id = other.id
    WHERE other.dossier_id = reviews_assignment.dossier_id
    AND other.state = 'active' AND theirs.state = 'submitted')""",
    IntegerField(),
)


def left_for(user):
    return [Reading(*row) for row in rows_left(user)]


@prepared
def rows_left(user):
    """What this reviewer has still to hand in, in a single query."""
    return (
        Assignment.objects.given_to(user)
        .filter(dossier__state=State.IN_REVIEW)
        .exclude(evaluation__state=EvaluationState.SUBMITTED)
        .order_by("due_at", "dossier__number", "pk")
        .values_list(
            "pk", "dossier__number", "dossier__call__code", "dossier__title",
            "dossier__organisation__name", "dossier__theme__name",
            "dossier__call__reading_minutes", "due_at", "evaluation",
            CLEARED, MARKS,
            CRITERIA, HANDED_IN,
        )
    )  # fmt: skip


def finished_by(user):
    return [Finished(*row) for row in rows_finished(user)]


@prepared
def rows_finished(user):
    return (
        Evaluation.objects.kept_by(user)
        .order_by("-submitted_at", "-pk")
        .values_list(
            "pk", "assignment__dossier__number", "assignment__dossier__call__code",
            "assignment__dossier__title", "assignment__dossier__organisation__name",
            "submitted_at", "reading_seconds",
        )
    )  # fmt: skip


@prepared
def invitations_of(user):
    """Calls one is invited to read for, the undertaking not signed yet."""
    seats = Seat.objects.of(user).filter(undertaking_signed_at=None, declined_at=None)
    return seats.values("call", "call__title")


@dataclass(frozen=True)
class Day:
    """Everything due at one moment."""

    due_at: datetime
    readings: list
    is_past: bool

    @property
    def anchor(self):
        return f"le-{timezone.localtime(self.due_at).date().isoformat()}"


def days_of(readings, *, now):
    """What is left, by the moment it is due, the nearest first."""
    days = {}
    for reading in readings:
        days.setdefault(reading.due_at, []).append(reading)
    return [Day(due_at, days[due_at], due_at <= now) for due_at in sorted(days)]


def next_of(readings):
    """What to open next: the nearest day, there what is begun, then the dossier least read.

    Equals are told apart by a draw that differs from reader to reader, so that they do not all
    begin with the same dossier. How often it was read is never shown.
    """
    return min(
        readings,
        key=lambda r: (r.day, not r.is_begun, r.handed_in, crc32(str(r.pk).encode())),
        default=None,
    )


@dataclass(frozen=True)
class Duration:
    """How long what is left will take, and where that figure comes from."""

    total: str
    source: str


def duration_of(readings, finished):
    """One's own pace once it is known, else what each call announces."""
    pace = pace_of(finished)
    minutes = sum(remaining(r, pace or r.minutes) for r in readings)
    if pace:
        source = ngettext(
            "à votre rythme, %(pace)s par dossier, mesuré sur %(n)d lecture remise",
            "à votre rythme, %(pace)s par dossier, mesuré sur vos %(n)d lectures remises",
            len(measured(finished)),
        ) % {"pace": in_hours(pace), "n": len(measured(finished))}
    else:
        each = sorted({reading.minutes for reading in readings})
        told = _(" ou ").join(in_hours(n) for n in each)
        source = _("à %(minutes)s par dossier, durée annoncée par l’appel") % {"minutes": told}
    return Duration(in_hours(rounded(minutes)), source)


def rounded(minutes):
    """To the quarter of an hour once it is more than one: nobody reads to the minute."""
    return minutes if minutes < 60 else 15 * round(minutes / 15)


def measured(finished):
    return [one.seconds for one in finished if one.seconds >= 60]


def pace_of(finished):
    """Median minutes of the readings handed in; None before there are enough of them."""
    seconds = measured(finished)
    return max(round(median(seconds) / 60), 1) if len(seconds) >= LEAST_MEASURED else None


def remaining(reading, minutes):
    """A reading begun takes the time of the criteria not marked yet."""
    if not reading.criteria:
        return minutes
    return round(minutes * (reading.criteria - reading.marks) / reading.criteria)


def in_hours(minutes):
    """`45 min`, `2 h`, `1 h 05`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}\u202fmin"
    return f"{hours}\u202fh\u202f{rest:02d}" if rest else f"{hours}\u202fh"
