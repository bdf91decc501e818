"""What one can apply to: published calls, sorted by programme and by time."""

from collections import Counter
from dataclasses import dataclass

from grants.programmes.finding import published_calls, themes_of
from grants.programmes.models import Call, Programme
from grants.programmes.states import PUBLISHED


@dataclass(frozen=True)
class Offer:
    """One programme as the home shows it, among the others."""

    programme: Programme | None
    programmes: list[Programme]
    open: list[Call]
    coming: list[Call]
    past: list[Call]
    elsewhere: list[Call]  # open calls of the other programmes

    @property
    def next_call(self):
        return self.coming[0] if self.coming else None

    @property
    def last_call(self):
        return self.past[0] if self.past else None

    @property
    def themes(self):
        return themes_of(self.programme.pk) if self.programme else []


def offer_at(now, *, slug=""):
    """The programme asked for, else the best known with an open call, else the newest.

    Best known: the one that published most calls; among equals, the one that closes first.
    """
    calls = published_calls()
    known = Counter(call.programme_id for call in calls)
    accepting = sorted(
        (c for c in calls if c.accepts(now)), key=lambda c: (-known[c.programme_id], c.closes_at)
    )
    programmes = list(dict.fromkeys(call.programme for call in [*accepting, *calls]))
    programme = next((p for p in programmes if p.slug == slug), (programmes or [None])[0])
    coming = sorted((c for c in calls if c.opens_at > now), key=lambda call: call.opens_at)
    return Offer(
        programme=programme,
        programmes=programmes,
        open=of(accepting, programme),
        coming=of(coming, programme),
        past=of([c for c in calls if c.closes_at <= now], programme),
        elsewhere=[call for call in accepting if call.programme != programme],
    )


def of(calls, programme):
    return [call for call in calls if call.programme == programme]


def call_for_pretest(now, *, pk=None):
    """The call asked for, else the open one of the best known programme, the next, the last."""
    calls = published_calls()
    known = Counter(call.programme_id for call in calls)
    asked = next((call for call in calls if str(call.pk) == pk), None)
    return asked or min(calls, key=lambda call: nearness(call, known, now), default=None)


def nearness(call, known, now):
    if call.accepts(now):
        return 0, -known[call.programme_id], call.closes_at.timestamp()
    if call.opens_at > now:
        return 1, 0, call.opens_at.timestamp()
    return 2, 0, -call.closes_at.timestamp()


def contacts():
    """The programmes whose people answer the public."""
    return Programme.objects.filter(calls__state__in=PUBLISHED).distinct().order_by("name")
