"""What the evaluations of one dossier say together: marks, means, spread, texts.

Readers are numbered, never named, unless the page may name them.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from grants.core.wording import number
from reviews.evaluations.models import Evaluation, Score
from reviews.evaluations.scoring import weighted_mean


@dataclass(frozen=True)
class Reader:
    """One evaluation: how the page calls its author, the mark, the conclusions."""

    name: str
    mark: str
    strengths: str
    weaknesses: str


@dataclass(frozen=True)
class CriterionSummary:
    name: str
    mean: str
    low: int
    high: int
    comments: list


@dataclass(frozen=True)
class Summary:
    readers: list
    criteria: list
    mean: str
    low: str
    high: str
    spread: Decimal


def readings_of(dossier):
    """The marks of each evaluation that counts, oldest first: one query brings everything."""
    scores = Score.objects.filter(
        evaluation__in=Evaluation.objects.counted().filter(assignment__dossier=dossier)
    ).select_related("criterion", "evaluation__assignment__expert__user")
    found = defaultdict(list)
    for score in scores.order_by("evaluation_id", "pk"):
        found[score.evaluation].append(score)
    return found


def summary_of(dossier, *, named):
    """`named` puts the names of the readers; otherwise “Lecture 1”, “Lecture 2”…"""
    readings = readings_of(dossier)
    names = [
        str(one.assignment.expert) if named else _("Lecture %(n)d") % {"n": n}
        for n, one in enumerate(readings, start=1)
    ]
    marks = [mark_of(scores) for scores in readings.values()]
    given = [mark for mark in marks if mark is not None]
    return Summary(
        readers=[
            Reader(name, number(mark, places=2), one.strengths, one.weaknesses)
            for name, mark, one in zip(names, marks, readings, strict=True)
        ],
        criteria=criteria_of(readings.values(), names),
        mean=number(sum(given) / len(given), places=2) if given else "—",
        low=number(min(given), places=2) if given else "—",
        high=number(max(given), places=2) if given else "—",
        spread=max(given) - min(given) if given else Decimal(0),
    )


def mark_of(scores):
    return weighted_mean((one.value, one.criterion.weight) for one in scores)


def criteria_of(readings, names):
    rows: dict[Any, list] = defaultdict(list)
    for name, scores in zip(names, readings, strict=True):
        for score in scores:
            if score.value is not None:
                rows[score.criterion].append((name, score.value, score.comment))
    ordered = sorted(rows, key=lambda criterion: (criterion.rank, criterion.pk))
    return [summed_up(criterion.name, rows[criterion]) for criterion in ordered]


def summed_up(name, row):
    values = [value for _name, value, _comment in row]
    mean = Decimal(sum(values)) / len(values)
    return CriterionSummary(name, number(mean, places=2), min(values), max(values), row)


def marks_of(call):
    """The weighted means of the evaluations that count, by dossier."""
    found = defaultdict(list)
    evaluations = (
        Evaluation.objects.counted()
        .filter(assignment__dossier__call=call)
        .select_related("assignment")
        .prefetch_related("scores__criterion")
    )
    for evaluation in evaluations:
        mark = mark_of(evaluation.scores.all())
        if mark is not None:
            found[evaluation.assignment.dossier_id].append(mark)
    return found
