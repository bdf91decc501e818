"""The ranking of the call, with every mark it was worked out from."""

from grants.dossiers.numbering import reference_of
from reviews.committees.models import Item
from reviews.evaluations.models import Evaluation

FIGURES = ("score", "raw", "calibrated", "low", "high", "p_funded")


def ranking_of(call):
    ranking = call.ranking
    lines = list(ranking.lines.select_related("dossier__organisation").order_by("rank"))
    return {
        "method": ranking.method,
        "fallback": ranking.fallback,
        "received_at": ranking.received_at.isoformat(),
        "received_by": str(ranking.received_by),
        "sha256": ranking.sha256,
        "places": ranking.content.get("places"),
        "seed": ranking.content.get("seed"),
        "marks": marks_of(call),
        "agreed": agreed_of(call),
        "lines": [line_of(line, call) for line in lines],
    }


def line_of(line, call):
    return {
        "dossier": str(line.dossier_id),
        "reference": reference_of(call.code, line.dossier.number),
        "rank": line.rank,
        "reviews": line.reviews,
        "zone": line.zone,
        **{name: text(getattr(line, name)) for name in FIGURES},
        "by_criterion": line.by_criterion,
    }


def text(value):
    return None if value is None else str(value)


def marks_of(call):
    """What each expert gave each dossier; experts by number, as the calculation knows them."""
    evaluations = (
        Evaluation.objects.counted()
        .filter(assignment__dossier__rank_line__ranking=call.ranking)
        .select_related("assignment")
        .prefetch_related("scores__criterion")
    )
    told = [
        {
            "dossier": str(one.assignment.dossier_id),
            "reviewer": str(one.assignment.expert_id),
            "scores": {score.criterion.key: score.value for score in one.scores.all()},
        }
        for one in evaluations
    ]
    return sorted(told, key=lambda one: (one["dossier"], one["reviewer"]))


def agreed_of(call):
    """The scores a committee agreed on, which take the place of those of the reviews."""
    items = Item.objects.filter(session__call=call, session__state="closed")
    return {str(item.dossier_id): str(item.agreed) for item in items if item.agreed is not None}
