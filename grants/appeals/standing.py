"""Where the delays of an appeal stand, from what the database knows."""

from django.utils import timezone

from grants.appeals.dates import Lodged, delay_for_court, is_late, last_day, silence_rejects_on
from grants.appeals.states import ADMINISTRATIVE, ANSWERED, State


def notified_on(decision):
    """The day the company first opened its latest letter; None while nobody has."""
    letter = decision.letters.select_related("reading").last()
    opened = letter.opened if letter else None
    return timezone.localdate(opened.at) if opened else None


def standing_of(appeal, *, today):
    """The dates the page shows, of this appeal and of the court after it."""
    administrative = appeal.kind in ADMINISTRATIVE
    return {
        "last_day": last_day(appeal.notified_on) if appeal.notified_on else None,
        "is_late": is_late(appeal.received_on, appeal.notified_on),
        "silence_on": silence_rejects_on(appeal.received_on) if administrative else None,
        "is_silent": administrative
        and appeal.state == State.FILED
        and silence_rejects_on(appeal.received_on) <= today,
        "court": court_of(appeal, today) if administrative else None,
    }


def court_of(appeal, today):
    others = appeal.decision.appeals.filter(kind__in=ADMINISTRATIVE).exclude(state=State.WITHDRAWN)
    return delay_for_court(appeal.notified_on, map(lodged, others), today=today)


def lodged(appeal):
    answered = appeal.state in ANSWERED
    return Lodged(appeal.received_on, timezone.localdate(appeal.replied_at) if answered else None)
