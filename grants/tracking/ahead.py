"""What comes next for a dossier and when: ranges between the dates its call published; pure."""

from dataclasses import dataclass
from datetime import date

FILING, SCREENING, REVIEW = "filing", "screening", "review"
COMMITTEE, VOTE, ANSWER = "committee", "vote", "answer"
PLACES = (FILING, SCREENING, REVIEW, COMMITTEE, VOTE, ANSWER)
DONE, CURRENT, TODO = "done", "current", "todo"

# The step a dossier in this state waits for; a state that is left out waits for nothing.
WAITS_FOR = {
    "draft": FILING,
    "submitted": SCREENING,
    "incomplete": SCREENING,
    "admissible": REVIEW,
    "in_review": REVIEW,
    "ranked": VOTE,
}


@dataclass(frozen=True)
class Calendar:
    """The days of a call, as published."""

    closes_on: date
    reviews_due_on: date
    committee_on: date
    decision_on: date


@dataclass(frozen=True)
class Place:
    """One step on the way; `earliest` or `latest` is None where the call says nothing."""

    kind: str
    state: str
    earliest: date | None
    latest: date | None
    is_late: bool

    @property
    def is_current(self) -> bool:
        return self.state == CURRENT

    @property
    def shape(self) -> str:
        """How the range is said: `on` a day, `between` two, `by` one, `from` one."""
        if self.earliest is None:
            return "by"
        if self.latest is None:
            return "from"
        return "on" if self.earliest == self.latest else "between"


def ahead(state: str, calendar: Calendar, *, today: date) -> tuple[Place, ...]:
    """The whole way of a dossier that goes on; nothing once it has left it or is decided."""
    if state not in WAITS_FOR:
        return ()
    here = PLACES.index(WAITS_FOR[state])
    return tuple(place(kind, n - here, calendar, today) for n, kind in enumerate(PLACES))


def place(kind: str, distance: int, calendar: Calendar, today: date) -> Place:
    """`distance` is negative behind the dossier, zero where it stands."""
    earliest, latest = range_of(kind, calendar)
    state = DONE if distance < 0 else TODO if distance else CURRENT
    is_late = state == CURRENT and latest is not None and latest < today
    if earliest and latest and earliest < today <= latest:
        earliest = None
    return Place(kind, state, earliest, latest, is_late)


def range_of(kind: str, calendar: Calendar) -> tuple[date | None, date | None]:
    return {
        FILING: (None, calendar.closes_on),
        # Files are checked as they come: only the end is published.
        SCREENING: (None, calendar.reviews_due_on),
        REVIEW: (calendar.closes_on, calendar.reviews_due_on),
        COMMITTEE: (calendar.committee_on, calendar.committee_on),
        VOTE: (calendar.committee_on, calendar.decision_on),
        # A vote binds once it is published and sent: no later day is promised.
        ANSWER: (calendar.decision_on, None),
    }[kind]
