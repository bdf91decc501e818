"""Where a call stands: its submitted evaluations, ranked with their uncertainty."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects

from grants.decisions.ceilings import ceiling
from grants.dossiers.models import Dossier
from grants.dossiers.states import State
from grants.funding.models import Envelope
from reviews.assignments.models import Assignment
from reviews.evaluations.models import Evaluation
from reviews.evaluations.states import EvaluationState
from reviews.panels.calibration import Calibration, calibrate
from reviews.panels.composite import composite
from reviews.panels.memory import remembered
from reviews.panels.ranking import Ranked, in_order, rank
from reviews.panels.scores import Score


@dataclass(frozen=True)
class Standing:
    """The order as of now. `missing` counts evaluations still awaited, `unread` dossiers without
    any; `places` is how many dossiers the envelope would fund in this order."""

    scores: tuple[Score, ...]
    calibration: Calibration | None
    ranked: tuple[Ranked, ...]
    dossiers: dict[int, Any]
    by_criterion: dict[int, list[dict[str, Any]]]
    missing: int
    unread: tuple[Any, ...]
    places: int | None

    @property
    def is_complete(self):
        return bool(self.ranked) and not self.missing and not self.unread


def standing_of(call):
    """Read, calibrate and rank; a constant number of queries."""
    prefetch_related_objects([call], "criteria")
    weights = {c.key: float(c.weight) for c in call.criteria.all()}
    dossiers = {
        d.pk: d
        for d in Dossier.objects.filter(call=call, state=State.IN_REVIEW).select_related(
            "organisation", "theme"
        )
    }
    evaluations = list(
        Evaluation.objects.counted()
        .filter(assignment__dossier__in=dossiers)
        .select_related("assignment")
        .prefetch_related("scores__criterion")
    )
    scores = tuple(sorted(scores_of(evaluations, weights), key=lambda s: (s.dossier, s.reviewer)))
    read = {int(score.dossier) for score in scores}
    calibration, ranked, places = order_of(call, scores, dossiers)
    return Standing(
        scores=scores,
        calibration=calibration,
        ranked=ranked,
        dossiers=dossiers,
        by_criterion=means_by_criterion(evaluations, call),
        missing=missing_of(call),
        unread=tuple(d for pk, d in dossiers.items() if pk not in read),
        places=places,
    )


def order_of(call, scores, dossiers):
    """The fit, the order, and how many the money reaches; remembered while nothing changes."""
    if not scores:
        return None, (), None
    calibration = remembered("calibration", scores, lambda: calibrate(scores))
    places = places_of(call, in_order(calibration, call.method), dossiers)
    ranked = remembered(
        "ranking",
        (scores, call.method, places),
        lambda: rank(calibration, method=call.method, places=places),
    )
    return calibration, ranked, places


def scores_of(evaluations, weights):
    return (score for e in evaluations if (score := score_of(e, weights)) is not None)


def score_of(evaluation, weights):
    scores = {score.criterion.key: score.value for score in evaluation.scores.all()}
    mark = composite(scores, weights)
    if mark is None:
        return None
    pair = evaluation.assignment
    return Score(dossier=str(pair.dossier_id), reviewer=str(pair.expert_id), value=mark)


def means_by_criterion(evaluations, call):
    """Per dossier, the mean of each criterion over its reviews."""
    given = defaultdict(lambda: defaultdict(list))
    for evaluation in evaluations:
        for score in evaluation.scores.all():
            if score.value is not None:
                given[evaluation.assignment.dossier_id][score.criterion_id].append(score.value)
    return {
        dossier: [criterion_mean(c, row[c.pk]) for c in call.criteria.all() if row[c.pk]]
        for dossier, row in given.items()
    }


def criterion_mean(criterion, given):
    """Its mean beside the minimum published with the call, if there is one."""
    mean = {
        "key": criterion.key,
        "name": criterion.name,
        "mean": round(sum(given) / len(given), 4),
    }
    if criterion.threshold is None:
        return mean
    return {**mean, "minimum": float(criterion.threshold)}


def missing_of(call):
    return (
        Assignment.objects.active()
        .filter(dossier__call=call, dossier__state=State.IN_REVIEW)
        .exclude(evaluation__state=EvaluationState.SUBMITTED)
        .count()
    )


def places_of(call, ranked, dossiers):
    """How many dossiers the year's envelopes would fund in full, going down the order."""
    left = sum((e.left for e in Envelope.objects.of_call(call)), Decimal(0))
    funded = 0
    for line in ranked:
        left -= most_for(dossiers[int(line.id)], call)
        if left < 0:
            break
        funded += 1
    return funded or None


def most_for(dossier, call):
    return ceiling(
        requested=dossier.requested or Decimal(0),
        base=dossier.eligible_base or Decimal(0),
        stage=dossier.stage,
        max_rate=call.max_rate,
        max_aid=call.max_aid,
        max_grant=call.max_grant,
    ).amount
