"""The order as it stands during a session, and how far the envelope goes down it."""

from decimal import Decimal

from grants.funding.models import Envelope
from reviews.committees.order import Line, placed


def left_of(call):
    """What the envelopes of the call still hold."""
    return sum((envelope.left for envelope in Envelope.objects.of_call(call)), Decimal(0))


def order_now(items, left):
    lines = (
        Line(
            dossier_id=item.dossier_id,
            rank=item.rank,
            score=item.score,
            agreed=item.agreed,
            amount=item.amount,
        )
        for item in items
    )
    return placed(lines, left)
