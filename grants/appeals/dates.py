"""The statutory dates around a contested decision; pure, each with its text.

The two months to go to court are full days (CJA R.421-1, délai franc): neither the day of the
notification nor the last day counts, and an end on a day off moves to the next working day. A
gracious or hierarchical appeal lodged in that time interrupts it (CRPA L.411-2); two months of
silence reject it (CRPA L.231-4, CJA R.421-2); two new months then run, from the last rejection
when both kinds were lodged.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from grants.screening.clock import months_after

MONTHS = 2
FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday


@dataclass(frozen=True)
class Lodged:
    """A gracious or hierarchical appeal; `answered_on` is the day its rejection was notified."""

    on: date
    answered_on: date | None = None


@dataclass(frozen=True)
class Delay:
    """`until` is the last day for the court; None while an appeal interrupts the delay."""

    until: date | None
    silence_on: date | None = None


def last_day(notified_on: date) -> date:
    """The last day one may go to court, or lodge an appeal that interrupts."""
    return next_working_day(months_after(notified_on, MONTHS) + timedelta(days=1))


def silence_rejects_on(lodged_on: date) -> date:
    """The day two months of silence have rejected an appeal."""
    return months_after(lodged_on, MONTHS)


def is_late(lodged_on: date, notified_on: date | None) -> bool:
    """Never late when nobody can show the decision was notified."""
    return notified_on is not None and lodged_on > last_day(notified_on)


def delay_for_court(
    notified_on: date | None, appeals: Iterable[Lodged], *, today: date
) -> Delay | None:
    """How long the court stays open; None when no delay runs, the decision not being notified."""
    if notified_on is None:
        return None
    first = last_day(notified_on)
    in_time = [one for one in appeals if one.on <= first]
    if not in_time:
        return Delay(first)
    ends = [rejected_on(one) for one in in_time]
    if max(ends) > today:
        return Delay(None, silence_on=max(ends))
    return Delay(last_day(max(ends)))


def rejected_on(appeal: Lodged) -> date:
    """The day it counts as rejected: by a letter, or before it by silence.

    CJA R.421-2: a letter that comes after the silence, but before the two months it opened have
    run out, makes them run again.
    """
    silence = silence_rejects_on(appeal.on)
    answered = appeal.answered_on
    return answered if answered is not None and answered <= last_day(silence) else silence


def next_working_day(day: date) -> date:
    while day.weekday() >= 5 or day in days_off(day.year):
        day += timedelta(days=1)
    return day


def days_off(year: int) -> set[date]:
    """The legal holidays (C. trav. L.3133-1)."""
    fixed = {date(year, month, day) for month, day in FIXED}
    return fixed | {easter(year) + timedelta(days=days) for days in AFTER_EASTER}


def easter(year: int) -> date:
    """Meeus and Butcher: Easter Sunday of the Gregorian calendar."""
    golden = year % 19
    century, within = divmod(year, 100)
    leap, rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moon + 15) % 30
    quarter, left = divmod(within, 4)
    weekday = (32 + 2 * rest + 2 * quarter - epact - left) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
