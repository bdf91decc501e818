"""The order once settled: read from the immutable copy, never worked out again."""

from reviews.panels.calibration import Severity
from reviews.panels.comparing import compare
from reviews.panels.glance import ROWS, Glance, Order, Place, furthest_first, ordered_by
from reviews.panels.memory import remembered
from reviews.panels.ranking import Ranked


class Settled:
    """What `Order` tells of a call under review, of one whose order no longer changes."""

    def __init__(self, call):
        self.call = call
        self.kept = call.ranking
        self.digest = ("settled", call.pk, self.kept.sha256)

    def glance(self) -> Glance:
        content = self.kept.content
        return Glance(
            size=self.kept.lines.count(),
            fallback=self.kept.fallback or None,
            places=content.get("places"),
            unread=0,
            missing=0,
            mean=content.get("mean") or 0.0,
            deviations=None,
        )

    def page(self, number, method=None) -> tuple[Place, ...]:
        method = method or self.kept.method

        def again():
            ordered = ordered_by(method, places_of(self.kept))
            return tuple(ordered[ROWS * (number - 1) : ROWS * number])

        return remembered("places", (self.digest, method, number), again)

    def severities(self) -> tuple[Severity, ...]:
        return furthest_first(Severity(**one) for one in self.kept.content.get("reviewers", ()))


def order_of(call):
    return Order(call) if getattr(call, "ranking", None) is None else Settled(call)


def places_of(ranking):
    lines = list(ranking.lines.all())
    ranked = [ranked_of(line) for line in lines]
    ranks = compare(ranked)
    return [
        Place(line=one, ranks=ranks[one.id], shift=None, reviews=line.reviews)
        for line, one in zip(lines, ranked, strict=True)
    ]


def ranked_of(line):
    score = line.score if line.calibrated is None else line.calibrated
    return Ranked(
        id=str(line.dossier_id),
        rank=line.rank,
        raw=float(line.raw),
        calibrated=float(score),
        effect=0.0,
        se=None,
        low=exact(line.low),
        high=exact(line.high),
        expected_rank=None,
        p_funded=exact(line.p_funded),
        zone=line.zone or None,
    )


def exact(value):
    return None if value is None else float(value)
