"""What the evaluations of one dossier say together: marks, means, spread, texts.

Readers are numbered, never named, unless the page may name them.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
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


def counted_of(dossier):
    return (
        Evaluation.objects.counted()
        .filter(assignment__dossier=dossier)
        .select_related("assignment__expert__user")
        .prefetch_related(Prefetch("scores", Score.objects.select_related("criterion")))
        .order_by("pk")
    )


def summary_of(dossier, *, named):
    """`named` puts the names of the readers; otherwise “Lecture 1”, “Lecture 2”…"""
    evaluations = list(counted_of(dossier))
    names = [
        str(one.assignment.expert) if named else _("Lecture %(n)d") % {"n": n}
        for n, one in enumerate(evaluations, start=1)
    ]
    marks = [mark_of(one) for one in evaluations]
    given = [mark for mark in marks if mark is not None]
    return Summary(
        readers=[
            Reader(name, number(mark, places=2), one.strengths, one.weaknesses)
            for name, mark, one in zip(names, marks, evaluations, strict=True)
        ],
        criteria=criteria_of(evaluations, names),
        mean=number(sum(given) / len(given), places=2) if given else "—",
        low=number(min(given), places=2) if given else "—",
        high=number(max(given), places=2) if given else "—",
        spread=max(given) - min(given) if given else Decimal(0),
    )


def mark_of(evaluation):
    return weighted_mean((s.value, s.criterion.weight) for s in evaluation.scores.all())


def criteria_of(evaluations, names):
    rows: dict[Any, list] = defaultdict(list)
    for name, evaluation in zip(names, evaluations, strict=True):
        for score in evaluation.scores.all():
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
        mark = mark_of(evaluation)
        if mark is not None:
            found[evaluation.assignment.dossier_id].append(mark)
    return found
