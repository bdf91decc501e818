"""A reviewer's home as values: what is due, how long it takes, what is next, what is done.

Read as light rows: a home may hold a hundred readings.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from statistics import median
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.core.addresses import address_of
from grants.dossiers.numbering import reference_of
from reviews.assignments import board
from reviews.evaluations.desk_queries import rows_finished, rows_left
from reviews.phases.veil import veil_rows

LEAST_MEASURED = 3  # readings of one's own before their pace is believed


class Reading(NamedTuple):
    """One dossier still to read, with where it stands."""

    pk: int
    dossier: int
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
    names_applicants: bool
    has_stale_marks: bool

    @property
    def reference(self) -> str:
        return reference_of(self.code, self.number)

    @property
    def progress(self) -> str:
        return f"{self.marks}/{self.criteria}"

    @property
    def is_begun(self) -> bool:
        return self.marks > 0

    @property
    def is_stale(self) -> bool:
        """A mark of it rests on an answer that has changed."""
        return self.has_stale_marks and self.is_cleared

    @property
    def url(self) -> str:
        """Where its reviewer goes on: the declaration first, then the grid, or what changed."""
        if not self.is_cleared or self.evaluation is None:
            return address_of("evaluations:declare", self.pk)
        page = "evaluations:stale" if self.is_stale else "evaluations:evaluate"
        return address_of(page, self.evaluation)

    def standing(self, now):
        return board.standing(
            is_done=False, is_late=self.due_at <= now, is_cleared=self.is_cleared, marks=self.marks
        )


class Finished(NamedTuple):
    """An evaluation one has handed in: always there to read again."""

    pk: int
    dossier: int
    number: int
    code: str
    title: str
    organisation: str
    submitted_at: datetime
    seconds: int
    names_applicants: bool
    is_stale: bool

    @property
    def reference(self) -> str:
        return reference_of(self.code, self.number)

    @property
    def url(self) -> str:
        page = "evaluations:stale" if self.is_stale else "evaluations:own"
        return address_of(page, self.pk)


def left_for(user):
    return veil_rows([Reading(*row) for row in rows_left(user)])


def finished_by(user):
    return veil_rows([Finished(*row) for row in rows_finished(user)])


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
    days = {due_at: local_day(due_at) for due_at in {reading.due_at for reading in readings}}
    return min(
        readings,
        key=lambda r: (days[r.due_at], not r.is_begun, r.handed_in, draw(r.pk)),
        default=None,
    )


def local_day(due_at):
    return timezone.localtime(due_at).date()


def draw(pk):
    """The same each time, and for neighbouring keys as far apart as any."""
    return blake2b(str(pk).encode(), digest_size=8).digest()


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
