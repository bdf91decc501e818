"""The calendar of a call as everybody was told it, with today in it."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Milestone:
    label: str
    on: date
    state: str  # done, current (the next one), todo


def calendar_of(call, *, today):
    """The dates everybody was told; the next one is current."""
    dates = [
        (_("Ouverture"), timezone.localdate(call.opens_at)),
        (_("Clôture"), timezone.localdate(call.closes_at)),
        (_("Évaluations remises"), timezone.localdate(call.reviews_due_at)),
        (_("Comité"), call.committee_on),
        (_("Vote"), call.decision_on),
    ]
    ahead = [on for _label, on in dates if on >= today]
    return [Milestone(label, on, stage_of(on, today, ahead)) for label, on in dates]


def stage_of(on, today, ahead):
    if on < today:
        return "done"
    return "current" if on == ahead[0] else "todo"
