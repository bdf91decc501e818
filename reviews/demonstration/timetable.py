"""When everything happens, counted from today: the world is always current."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

NOON = time(12)


@dataclass(frozen=True)
class Round:
    """The calendar of one call, in days from today; `code` begins its dossiers' references."""

    code: str
    title: str
    year: int
    opens: int
    closes: int
    reviews_due: int
    committee: int
    decision: int
    reserve: int
    today: date

    def moment(self, days: float) -> datetime:
        noon = timezone.make_aware(datetime.combine(self.today, NOON))
        return noon + timedelta(days=days)

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def columns(self) -> dict[str, object]:
        return {
            "code": self.code,
            "title": self.title,
            "year": self.year,
            "opens_at": self.moment(self.opens),
            "closes_at": self.moment(self.closes),
            "reviews_due_at": self.moment(self.reviews_due),
            "committee_on": self.day(self.committee),
            "decision_on": self.day(self.decision),
            "reserve_until": self.day(self.reserve),
        }


def day_of_last_noon(now: datetime) -> date:
    """The day the world counts from: what happened « this morning » must have happened by now."""
    return (timezone.localtime(now) - timedelta(hours=NOON.hour)).date()


def last_year(today: date) -> Round:
    return round_of(today, today.year - 1, (-470, -400, -360, -340, -322, 60))


def this_year(today: date) -> Round:
    return round_of(today, today.year, (-130, -52, 6, 21, 40, 260))


def next_year(today: date) -> Round:
    return round_of(today, today.year + 1, (-18, 36, 80, 100, 125, 400))


def round_of(today: date, year: int, days: tuple[int, int, int, int, int, int]) -> Round:
    return Round(f"SID{year % 100:02d}", f"Start-up industrie de demain {year}", year, *days, today)
