"""Where readers disagree, and where one more reading would most help the selection.

Disagreement is the published rule of the third reader. The suggestion is the value of information:
how much, on average, one more score would improve the choice at the line between the last funded
and the first refused. Both are remembered while no score changes, a page at a time.
"""

from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from django.core.paginator import Paginator

from grants.dossiers.states import State
from reviews.evaluations.models import Evaluation
from reviews.panels.inputs import digest_of
from reviews.panels.memory import keep, remembered
from reviews.panels.standing import scores_of, standing_of
from reviews.panels.third_reader import needs_third_reader, value_of_review

SHOWN = 10
LINES = 25


class Apart(NamedTuple):
    dossier: int
    low: float
    high: float
    reviews: int


class Further(NamedTuple):
    """`share`: of the greatest gain of the call; `chance`: of being funded as of now."""

    dossier: int
    share: float
    chance: float | None
    reviews: int


class Doubts(NamedTuple):
    """`apart` dossiers in all, the widest gaps first."""

    apart: int
    widest: tuple[Apart, ...]
    further: tuple[Further, ...]
    places: int | None


def doubts_of(call):
    """What the follow-up page shows of them."""
    digest = digest_of(call)
    return remembered("doubts", digest, lambda: work_out(call, digest))


def apart_of(call, wanted):
    """The lines of that page of the dossiers read apart, and the page."""
    digest = digest_of(call)
    size = remembered("doubts", digest, lambda: work_out(call, digest)).apart
    page = Paginator(range(size), LINES).get_page(wanted)

    def again():
        return page_of(apart_in(marks_of(call)), page.number)

    return remembered("apart", (digest, page.number), again), page


def work_out(call, digest):
    """Once per change; each page of the dossiers read apart is kept beside."""
    standing = standing_of(call)
    further = ()
    if standing.calibration is not None and standing.places is not None:
        further = suggestions(standing.calibration, standing.ranked, standing.places)
    apart = apart_in(marks_of(call))
    for number in range(1, len(apart) // LINES + 2):
        keep("apart", (digest, number), page_of(apart, number))
    return Doubts(len(apart), apart[:SHOWN], further, standing.places)


def page_of(apart, number):
    return apart[LINES * (number - 1) : LINES * number]


def marks_of(call):
    """Each dossier in review with the marks it received."""
    weights = {criterion.key: float(criterion.weight) for criterion in call.criteria.all()}
    evaluations = (
        Evaluation.objects.counted()
        .filter(assignment__dossier__call=call, assignment__dossier__state=State.IN_REVIEW)
        .select_related("assignment")
        .prefetch_related("scores__criterion")
    )
    marks = {}
    for score in scores_of(evaluations, weights):
        marks.setdefault(int(score.dossier), []).append(score.value)
    return marks


def apart_in(marks):
    """Two marks that call a third reader, the widest gap first; a third mark has settled it."""
    found = [
        Apart(dossier, min(given), max(given), len(given))
        for dossier, given in marks.items()
        if len(given) > 1 and is_open(given)
    ]
    return tuple(sorted(found, key=lambda one: (one.low - one.high, one.dossier)))


def is_open(given):
    """The two closest marks still differ by more than what is tolerated, or there are only two."""
    ordered = sorted(Decimal(repr(value)) for value in given)
    closest = min(pairwise(ordered), key=lambda pair: pair[1] - pair[0])
    return needs_third_reader(*closest)


def suggestions(calibration, ranked, places):
    """The readings that would most reduce the doubt at the line, the most useful first."""
    gains = value_of_review(calibration, places)
    best = max(gains.values(), default=0.0)
    if best <= 0:
        return ()
    chances = {line.id: line.p_funded for line in ranked}
    reviews = {one.id: one.reviews for one in calibration.dossiers}
    return tuple(
        Further(int(name), gain / best, chances.get(name), reviews[name])
        for name, gain in list(gains.items())[:SHOWN]
        if gain > best / 100
    )


def named(call, pks):
    """These dossiers by key, light; their call is known."""
    return call.dossiers.only("number", "title", "call_id").in_bulk(list(pks))
