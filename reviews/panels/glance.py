"""The order as the pages show it, a page at a time.

Nothing is fitted, ranked or even read again while the digest of its inputs is the same.
"""

from dataclasses import dataclass

from reviews.panels.calibration import Severity
from reviews.panels.comparing import METHODS, Ranks, compare
from reviews.panels.explaining import Shift, shifts
from reviews.panels.inputs import digest_of
from reviews.panels.memory import keep, remembered
from reviews.panels.ranking import Ranked
from reviews.panels.standing import standing_of

ROWS = 50


@dataclass(frozen=True)
class Glance:
    """`size` dossiers have a place; `unread` have no evaluation, `missing` are still awaited."""

    size: int
    fallback: str | None
    places: int | None
    unread: int
    missing: int
    mean: float
    deviations: tuple[float, float, float] | None  # dossier, reviewer, residual


@dataclass(frozen=True)
class Place:
    """One dossier: its line, where each method puts it, and what corrected its mean."""

    line: Ranked
    ranks: Ranks
    shift: Shift | None
    reviews: int


class Order:
    """The order of a call as of now, read from memory when it can be."""

    def __init__(self, call):
        self.call = call
        self.digest = digest_of(call)

    def glance(self) -> Glance:
        return remembered("glance", self.digest, self.work_out)

    def page(self, number, method=None) -> tuple[Place, ...]:
        """The `number`th page of the order of the call, or of the one another method gives."""
        method = method or self.call.method

        def again():
            ordered = ordered_by(method, self.places(standing_of(self.call)))
            return tuple(ordered[ROWS * (number - 1) : ROWS * number])

        return remembered("places", (self.digest, method, number), again)

    def severities(self) -> tuple[Severity, ...]:
        """Those who stand furthest from the others first."""

        def again():
            calibration = standing_of(self.call).calibration
            return furthest_first(calibration.reviewers) if calibration else ()

        return remembered("severities", self.digest, again)

    def work_out(self) -> Glance:
        """Once per change: the whole order under each method, kept page by page."""
        standing = standing_of(self.call)
        places = self.places(standing)
        for method in METHODS:
            ordered = ordered_by(method, places)
            for number, start in enumerate(range(0, len(ordered), ROWS), 1):
                page = tuple(ordered[start : start + ROWS])
                keep("places", (self.digest, method, number), page)
        fit = standing.calibration
        if fit:
            keep("severities", self.digest, furthest_first(fit.reviewers))
        return Glance(
            size=len(places),
            fallback=fit.fallback if fit else None,
            places=standing.places,
            unread=len(standing.unread),
            missing=standing.missing,
            mean=fit.mean if fit else 0.0,
            deviations=(fit.sd.dossier, fit.sd.reviewer, fit.sd.residual)
            if fit and fit.sd
            else None,
        )

    @staticmethod
    def places(standing) -> list[Place]:
        if standing.calibration is None:
            return []
        ranks = compare(standing.ranked)
        why = shifts(standing.calibration, standing.scores)
        reviews = {one.id: one.reviews for one in standing.calibration.dossiers}
        return [
            Place(line, ranks[line.id], why.get(line.id), reviews[line.id])
            for line in standing.ranked
        ]


def ordered_by(method, places):
    """Where a method gives no place (nothing is measured), the order of the call stands."""
    return sorted(places, key=lambda place: (place.ranks.under(method) or 0, place.line.rank))


def furthest_first(severities) -> tuple[Severity, ...]:
    return tuple(sorted(severities, key=lambda one: (-abs(one.severity), int(one.id))))
