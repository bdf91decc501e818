"""The ways of sharing the envelope that were tried: the one chosen, and those set aside."""

from decimal import Decimal

from django.db.models import Sum


def scenarios_of(allocation):
    """Each with the rules, the amounts settled by hand, the ceilings and the money of its hour."""
    decisions = allocation.decisions.select_related("basis")
    bases = {one.dossier_id: getattr(one, "basis", None) for one in decisions}
    return [
        {
            "name": one.name,
            "is_chosen": one.is_chosen,
            "made_by": str(one.made_by),
            "made_at": one.made_at.isoformat(),
            "rules": one.rules,
            "pins": one.pins,
            "left": str(left_at(allocation.envelope, one.made_at)),
            "ceilings": {
                str(dossier): ceiling_at(basis, one.made_at)
                for dossier, basis in bases.items()
                if basis is not None
            },
            "result": one.result,
        }
        for one in allocation.scenarios.select_related("made_by").order_by("pk")
    ]


def left_at(envelope, at):
    """What could still be committed then: the ledger says it for any hour."""
    entries = envelope.entries.behind("left").filter(at__lt=at)
    return entries.aggregate(total=Sum("amount"))["total"] or Decimal(0)


def ceiling_at(basis, at):
    """What State aid was then found to leave, whatever was read again since."""
    events = basis.events.order_by("pgh_id")
    event = events.filter(pgh_created_at__lte=at).last() or events.first()
    return [str(event.ceiling), event.because]
