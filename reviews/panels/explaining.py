"""Why the corrected score of a dossier is not its mean: whose severity, and how much.

score = mean + dossier + reviewer + noise, so that, averaged over the readings of one dossier,
corrected - raw = - (severity of its reviewers) - (noise left), exactly. The second part is what
brings a dossier read by few back towards the mean of the call. Unit of the scores.
"""

from collections import defaultdict
from dataclasses import dataclass

from reviews.panels.calibration import Calibration
from reviews.panels.scores import Score


@dataclass(frozen=True)
class Shift:
    """`readers` are (reviewer, severity), the largest severity first, whichever its sign."""

    by_readers: float
    by_shrinkage: float
    readers: tuple[tuple[str, float], ...]

    @property
    def total(self) -> float:
        return self.by_readers + self.by_shrinkage


def shifts(calibration: Calibration, scores: tuple[Score, ...]) -> dict[str, Shift]:
    """Per dossier; nothing at all where nothing was corrected."""
    if calibration.fallback is not None:
        return {}
    severity = {one.id: one.severity for one in calibration.reviewers}
    read: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        read[score.dossier].append(score)
    return {
        one.id: _shift(one.calibrated - one.raw, read[one.id], severity)
        for one in calibration.dossiers
    }


def _shift(total: float, read: list[Score], severity: dict[str, float]) -> Shift:
    whole = sum(score.weight for score in read)
    given = -sum(score.weight * severity[score.reviewer] for score in read) / whole
    readers = sorted(
        ((score.reviewer, severity[score.reviewer]) for score in read),
        key=lambda one: (-abs(one[1]), one[0]),
    )
    return Shift(by_readers=given, by_shrinkage=total - given, readers=tuple(readers))
