"""The two months after which silence refuses, counted from dated events; pure.

CRPA L. 231-4, 3°: silence on a request of a financial nature refuses it after two months.
L. 114-5: an incomplete request has its delay run from the reception of what was missing
(`RESTART`); a mere question suspends it until the answer, or until the date given for it
(`SUSPEND`).
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = 2
RESTART, SUSPEND = "restart", "suspend"
FILED, ASKED, ANSWERED, LAPSED = "filed", "asked", "answered", "lapsed"


@dataclass(frozen=True)
class Asked:
    """A request to complete: its day, the day given, the day of the answer if it came."""

    on: date
    due_on: date
    effect: str
    answered_on: date | None = None


@dataclass(frozen=True)
class Step:
    """What moved the delay, and when silence would refuse from then on; None while stopped."""

    on: date
    kind: str
    effect: str
    until: date | None


@dataclass(frozen=True)
class Clock:
    """`until` is the day silence refuses; None while the delay is stopped."""

    steps: tuple[Step, ...]

    @property
    def until(self) -> date | None:
        return self.steps[-1].until

    @property
    def is_stopped(self) -> bool:
        return self.until is None

    @property
    def stopped_on(self) -> date | None:
        return self.steps[-1].on if self.is_stopped else None


def clock(filed_on: date, requests: Iterable[Asked], *, today: date) -> Clock:
    """Follow the requests in order; one that came after the delay ran out changes nothing."""
    until = months_after(filed_on, MONTHS)
    steps = [Step(filed_on, FILED, "", until)]
    for asked in requests:
        if asked.on > until:
            break
        steps.append(Step(asked.on, ASKED, asked.effect, None))
        back = returned(asked, today)
        if back is None:
            break
        on, kind = back
        if asked.effect == RESTART:
            until = months_after(on, MONTHS)
        else:
            until += timedelta(days=(on - asked.on).days)
        steps.append(Step(on, kind, asked.effect, until))
    return Clock(tuple(steps))


def returned(asked: Asked, today: date) -> tuple[date, str] | None:
    """The day the delay runs again and why; None while it is stopped."""
    came = asked.answered_on
    if asked.effect == RESTART:
        # Without the missing pieces it does not start: only their reception makes it run.
        return (came, ANSWERED) if came else None
    if came and came <= asked.due_on:
        return came, ANSWERED
    return (asked.due_on, LAPSED) if today > asked.due_on or came else None


def months_after(day: date, months: int) -> date:
    """Same day of a later month; the last one of that month when it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
