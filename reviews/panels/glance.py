"""The order as the page shows it, a page at a time.

Nothing is fitted, ranked or even read again while the digest of its inputs is the same.
"""

from dataclasses import dataclass

from reviews.panels.inputs import digest_of
from reviews.panels.memory import keep, remembered
from reviews.panels.ranking import Ranked
from reviews.panels.standing import missing_of, standing_of

ROWS = 50


@dataclass(frozen=True)
class Glance:
    """`size` dossiers have a place; `unread` have no evaluation, `missing` are still awaited."""

    size: int
    fallback: str | None
    places: int | None
    unread: int
    missing: int


class Order:
    """The order of a call as of now, read from memory when it can be."""

    def __init__(self, call):
        self.call = call
        self.digest = digest_of(call)

    def glance(self):
        known = remembered("glance", self.digest, self.work_out)
        return Glance(*known, missing=missing_of(self.call))

    def page(self, number) -> tuple[Ranked, ...]:
        def again():
            return standing_of(self.call).ranked[ROWS * (number - 1) : ROWS * number]

        return remembered("lines", (self.digest, number), again)

    def work_out(self):
        """Once per change: the whole order, kept page by page."""
        standing = standing_of(self.call)
        ranked = standing.ranked
        for number, start in enumerate(range(0, len(ranked), ROWS), 1):
            keep("lines", (self.digest, number), ranked[start : start + ROWS])
        fallback = standing.calibration.fallback if standing.calibration else None
        return len(ranked), fallback, standing.places, len(standing.unread)
