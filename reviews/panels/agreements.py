"""What the scores of a call say of its reviewers together: agreement, readers who stand apart."""

from collections import defaultdict
from dataclasses import dataclass

from reviews.evaluations.models import Score as Mark
from reviews.evaluations.states import EvaluationState
from reviews.panels.agreement import Intraclass, intraclass
from reviews.panels.alpha_interval import Agreement, agreement_of
from reviews.panels.composite import composite
from reviews.panels.memory import remembered
from reviews.panels.outliers import Reader, readers_of
from reviews.panels.scores import Score


@dataclass(frozen=True)
class Agreements:
    """`criteria` are (criterion, its agreement) in the order of the grid."""

    criteria: tuple[tuple[int, Agreement], ...]
    icc: Intraclass | None
    readers: tuple[Reader, ...]


def agreements_of(call, digest):
    """Worked out again only when a score, an assignment or a dossier changed."""
    return remembered("agreements", digest, lambda: work_out(call))


def work_out(call):
    marks = marks_of(call)
    by_criterion, by_reading = defaultdict(list), defaultdict(dict)
    keys = {criterion.pk: criterion.key for criterion in call.criteria.all()}
    for dossier, expert, criterion, value in marks:
        by_criterion[criterion].append(Score(str(dossier), str(expert), float(value)))
        by_reading[dossier, expert][keys[criterion]] = value
    weights = {criterion.key: float(criterion.weight) for criterion in call.criteria.all()}
    scores = tuple(
        Score(str(dossier), str(expert), mark)
        for (dossier, expert), given in by_reading.items()
        if (mark := composite(given, weights)) is not None
    )
    return Agreements(
        criteria=tuple((pk, agreement_of(tuple(by_criterion[pk]))) for pk in keys),
        icc=intraclass(scores) if scores else None,
        readers=readers_of(scores),
    )


def marks_of(call):
    """Dossier, expert, criterion, value of every mark that counts, in one order: one query."""
    return (
        Mark.objects.filter(
            evaluation__assignment__dossier__call=call,
            evaluation__assignment__state="active",
            evaluation__state=EvaluationState.SUBMITTED,
            value__isnull=False,
        )
        .order_by("evaluation__assignment__dossier", "evaluation__assignment__expert", "criterion")
        .values_list(
            "evaluation__assignment__dossier_id",
            "evaluation__assignment__expert_id",
            "criterion_id",
            "value",
        )
    )
