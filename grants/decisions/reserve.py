"""The reserve list of an announced allocation: whose turn it is, and with how much."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils import timezone

from grants.decisions.models import Allocation, Decision, Promotion
from grants.decisions.states import AllocationState, Outcome
from grants.decisions.wishes import LEAST_USEFUL_SHARE
from grants.dossiers.states import State

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Turn:
    """The next of the list and what is free for it, in euros."""

    decision: Any
    amount: Decimal


def waiting_of(allocation):
    """Who still waits, in the order announced."""
    found = (
        Decision.objects.filter(allocation=allocation, outcome=Outcome.RESERVE)
        .filter(dossier__state=State.RESERVE)
        .select_related("dossier__organisation", "dossier__call", "basis")
        .order_by("reserve_rank")
    )
    return list(found)


def turn_of(allocation, waiting):
    """The first of the list, where what is free is useful to it; nobody below jumps."""
    if not waiting or has_expired(allocation):
        return None
    first = waiting[0]
    asked = first.dossier.requested or Decimal(0)
    ceiling = first.basis.ceiling if hasattr(first, "basis") else asked
    amount = min(ceiling, allocation.envelope.left)
    least = min((asked * LEAST_USEFUL_SHARE).quantize(CENT), ceiling)
    return Turn(first, amount) if amount > 0 and amount >= least else None


def has_expired(allocation):
    return allocation.call.reserve_until < timezone.localdate()


def offer_of(allocation):
    """The offer that stands, if any."""
    return (
        Promotion.objects.filter(decision__allocation=allocation, state=Promotion.State.OFFERED)
        .select_related("decision__dossier__organisation", "decision__dossier__call")
        .first()
    )


def to_look_at():
    """Allocations whose list may be called: announced, not expired, with money and somebody."""
    return (
        Allocation.objects.filter(
            state=AllocationState.ANNOUNCED,
            call__reserve_until__gte=timezone.localdate(),
            decisions__outcome=Outcome.RESERVE,
            decisions__dossier__state=State.RESERVE,
            envelope__endowed__gt=F("envelope__committed"),
        )
        .distinct()
        .order_by("pk")
    )
