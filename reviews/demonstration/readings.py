"""Evaluations as they are written: marks, comments, some handed in, some not yet."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.db.models import F

from reviews.demonstration.chance import awake
from reviews.demonstration.scoring import Jury
from reviews.evaluations.flow import FLOW
from reviews.evaluations.models import Evaluation, EvaluationStep, Score
from reviews.evaluations.states import EvaluationState

BATCH = 1_000


def write(given, jury: Jury, *, whole: bool = True) -> list[Evaluation]:
    """Fill the grids of these readings; half-written ones stop after two criteria."""
    evaluations = list(
        Evaluation.objects.filter(assignment__in=[one.pk for one in given])
        .select_related("assignment__dossier", "assignment__expert__user")
        .prefetch_related("scores__criterion")
        .order_by("pk")
    )
    scores = [
        score
        for one in evaluations
        for score in fill(one, list(one.scores.all()), jury, whole=whole)
    ]
    Score.objects.bulk_update(scores, ["value", "comment"], batch_size=BATCH)
    Score.objects.filter(pk__in=[score.pk for score in scores]).update(version=2)
    Evaluation.objects.bulk_update(
        evaluations, ["strengths", "weaknesses", "confidence"], batch_size=BATCH
    )
    return evaluations


def fill(evaluation: Evaluation, grid: list[Score], jury: Jury, *, whole: bool) -> list[Score]:
    """Write this reader’s opinion into the grid; returns the scores that changed."""
    pair = evaluation.assignment
    scores = sorted(grid, key=lambda score: score.criterion.rank)
    opinion = jury.opinion(
        pair.dossier.title,
        pair.expert.user.full_name,
        round(pair.affinity * 3),
        [score.criterion.key for score in scores],
    )
    written = scores if whole else scores[:2]
    for score in written:
        score.value = opinion.marks[score.criterion.key]
        score.comment = opinion.comments[score.criterion.key]
    if whole:
        evaluation.strengths = opinion.strengths
        evaluation.weaknesses = opinion.weaknesses
        evaluation.confidence = opinion.confidence
    return written


def hand_in(evaluations: list[Evaluation], moment_of: Callable[[Evaluation], datetime]) -> None:
    """The submission of many at once: what the step writes, in few statements."""
    step = FLOW.steps["submit"]
    for one in evaluations:
        one.saved_at = moment_of(one)
    Evaluation.objects.bulk_update(evaluations, ["saved_at"], batch_size=BATCH)
    Evaluation.objects.filter(pk__in=[one.pk for one in evaluations]).update(
        state=step.target, submitted_at=F("saved_at")
    )
    EvaluationStep.objects.bulk_create(
        EvaluationStep(
            evaluation=one,
            actor=one.assignment.expert.user,
            step=step.name,
            source=EvaluationState.DRAFT,
            target=step.target,
            at=one.saved_at,
        )
        for one in evaluations
    )


def within(start: datetime, days: float, chance: Random) -> Callable[[Evaluation], datetime]:
    """Somewhere between a day after the assignment and `days` after it."""
    return lambda one: awake(start + timedelta(days=1 + (days - 1) * chance.random()), chance)
