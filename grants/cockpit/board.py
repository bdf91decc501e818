"""Everything the cockpit shows of one call, gathered once."""

from dataclasses import dataclass

from django.db.models import DecimalField, Q, Sum, Value
from django.db.models.functions import Coalesce

from grants.cockpit.counting import Counts, counts_of, deposits_by_day
from grants.decisions.models import Allocation
from grants.decisions.states import AllocationState, Outcome
from grants.funding.models import Envelope


@dataclass(frozen=True)
class Board:
    counts: Counts
    days: list
    envelopes: list
    allocation: Allocation | None

    @property
    def proposed_on(self):
        """The envelope that a proposal not yet announced would draw on."""
        waiting = self.allocation and self.allocation.state != AllocationState.ANNOUNCED
        return self.allocation.envelope_id if waiting else None


def board_of(call, *, now):
    return Board(
        counts=counts_of(call),
        days=deposits_by_day(call, now=now),
        envelopes=list(Envelope.objects.of_call(call).order_by("name")),
        allocation=allocation_of(call),
    )


def allocation_of(call):
    """With the total of the awards it proposes."""
    nothing = Value(0, output_field=DecimalField(max_digits=14, decimal_places=2))
    return (
        Allocation.objects.filter(call=call)
        .annotate(
            proposed=Coalesce(
                Sum("decisions__amount", filter=Q(decisions__outcome=Outcome.AWARD)), nothing
            )
        )
        .first()
    )
