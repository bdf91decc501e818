"""How the dossier was read: evaluations, links and recusals, what the committee concluded."""

from reviews.assignments.models import Assignment
from reviews.committees.models import Item
from reviews.evaluations.models import Evaluation
from reviews.experts.models import Interest
from reviews.links.models import DetectedLink


def evaluations_of(dossier):
    """Every evaluation that was handed in, with its marks; by expert, as the staff knows them."""
    rows = (
        Evaluation.objects.filter(assignment__dossier=dossier, state="submitted")
        .for_staff()
        .order_by("assignment__expert_id", "pk")
    )
    return [
        {
            "expert": str(row.assignment.expert_id),
            "name": str(row.assignment.expert),
            "counted": row.assignment.state == "active",
            "submitted_at": row.submitted_at.isoformat(),
            "confidence": row.confidence,
            "strengths": row.strengths,
            "weaknesses": row.weaknesses,
            "scores": [
                {"criterion": one.criterion.key, "value": one.value, "comment": one.comment}
                for one in sorted(row.scores.all(), key=lambda one: one.criterion.rank)
            ],
        }
        for row in rows
    ]


def conflicts_of(dossier):
    """Who had declared what, what the platform saw, and who was taken off the dossier."""
    interests = Interest.objects.filter(dossier=dossier).select_related("expert__user")
    links = DetectedLink.objects.filter(dossier=dossier).select_related(
        "expert__user", "settled_by"
    )
    removed = Assignment.objects.filter(dossier=dossier).exclude(state="active")
    return {
        "declarations": [
            {
                "expert": str(one.expert),
                "kind": one.kind,
                "said": one.get_kind_display(),
                "origin": one.get_origin_display(),
                "text": one.text,
                "at": one.declared_at.isoformat(),
            }
            for one in interests.order_by("declared_at", "pk")
        ],
        "links": [
            {
                "expert": str(one.expert),
                "said": one.get_kind_display(),
                "state": one.get_state_display(),
                "by": str(one.settled_by or ""),
                "because": one.settled_because,
            }
            for one in links.order_by("found_at", "pk")
        ],
        "removed": [
            {"expert": str(one.expert), "state": one.get_state_display()}
            for one in removed.select_related("expert__user").order_by("pk")
        ],
    }


def committee_of(dossier):
    """What the session that settled the order did with this dossier."""
    item = (
        Item.objects.filter(dossier=dossier, session__state="closed")
        .select_related("session__minutes")
        .first()
    )
    if item is None:
        return None
    minutes = getattr(item.session, "minutes", None)
    told = minutes.content["items"] if minutes else []
    return {
        "held_at": item.session.held_at.isoformat(),
        "minutes_sha256": minutes.sha256 if minutes else None,
        "item": next((one for one in told if one["position"] == item.position), None),
    }
