"""Everything the order of a call rests on, told apart without being read."""

from grants.funding.models import Envelope
from reviews.panels.models import RankingStamp


def digest_of(call):
    """The state of its scores and dossiers, its rules, and what is left of its envelopes."""
    stamps = RankingStamp.objects.filter(call=call).order_by("slot")
    return (
        call.pk,
        call.method,
        (call.max_rate, call.max_aid, call.max_grant),
        tuple(token.hex for token in stamps.values_list("token", flat=True)),
        tuple((c.pk, c.weight) for c in call.criteria.all()),
        tuple((e.pk, e.left) for e in Envelope.objects.of_call(call).order_by("pk")),
    )
