"""Awards as the public sees them: an allocation walked to its announcement."""

from decimal import Decimal

from django.utils import timezone

from grants.decisions.models import Decision
from tests.factories import (
    make_allocation,
    make_call,
    make_dossier,
    make_envelope,
    make_ranking,
    make_user,
)

WALK = ["to_check", "checked", "reported", "voted", "announced"]


def make_decided(call, outcomes, *, state="announced", deliberated_on=None, envelope=None):
    """`outcomes` are (dossier, outcome, amount), in rank order; written while it is prepared."""
    allocation = make_allocation(
        ranking=make_ranking(call=call, dossiers=[dossier for dossier, _, _ in outcomes]),
        envelope=envelope or make_envelope(call.programme, name=f"Enveloppe {call.pk}"),
    )
    for rank, (dossier, outcome, amount) in enumerate(outcomes, start=1):
        Decision.objects.create(
            allocation=allocation,
            dossier=dossier,
            rank=rank,
            outcome=outcome,
            amount=Decimal(amount),
            reserve_rank=1 if outcome == "reserve" else None,
        )
    walk(allocation, state, deliberated_on or timezone.localdate())
    return allocation


def walk(allocation, state, deliberated_on):
    for step in WALK[: WALK.index(state) + 1] if state != "preparing" else []:
        allocation.state = step
        if step == "checked":
            allocation.checked_by, allocation.checked_at = make_user(), timezone.now()
        if step == "voted":
            allocation.body = "Commission permanente"
            allocation.deliberation = "2026/CP/07"
            allocation.deliberated_on = deliberated_on
        if step == "announced":
            allocation.announced_at = timezone.now()
        allocation.save()


def make_award(
    amount=50_000, *, programme=None, call=None, state="announced", deliberated_on=None, **dossier
):
    """One award, announced unless told otherwise, on a call of its own."""
    call = call or make_call(programme, state="decided")
    awarded = make_dossier(call=call, state="awarded", **dossier)
    outcomes = [(awarded, "award", amount)]
    allocation = make_decided(call, outcomes, state=state, deliberated_on=deliberated_on)
    return allocation.decisions.get()
