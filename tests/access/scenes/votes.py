"""The cast's call before its vote, with what was entered of it."""

from decimal import Decimal

from django.utils import timezone

from grants.programmes.states import Role
from grants.votes import operations
from grants.votes.models import Recusal
from tests.access.scenes.decisions import scene_at
from tests.factories import make_staff


def walked(state):
    """Taken to `state`; `amended` is the vote being entered, with an amendment and a recusal."""
    cast, _envelope = scene_at("reported" if state == "amended" else state)
    if state == "amended":
        actor = make_staff(cast.programme, Role.MANAGER)
        decision = cast.dossier.decision
        operations.recuse(decision.allocation, member="Une élue", decisions=[decision], actor=actor)
        operations.amend(
            decision, outcome="award", amount=Decimal(90_000), reason="Vote.", actor=actor
        )
    return cast


def allocation(state):
    cast = walked(state)
    fields = {
        "body": "CP",
        "held_on": timezone.localdate().isoformat(),
        "number": "CP/2",
        "reason": "À corriger.",
        "member": "Un élu",
        "references": cast.dossier.reference,
    }
    return cast, [cast.call.allocation.pk], fields


def line(state):
    cast = walked(state)
    fields = {"outcome": "award", "amount": "90 000", "reason": "Le vote réduit l’aide."}
    return cast, [cast.dossier.decision.pk], fields


def recusal(state):
    cast = walked(state)
    return cast, [Recusal.objects.get().pk], {}


SCENES = {
    **dict.fromkeys(
        (
            "votes:report",
            "votes:vote",
            "votes:pdf",
            "votes:recuse",
            "votes:adjourn",
            "votes:reopen",
        ),
        allocation,
    ),
    "votes:amend": line,
    "votes:cancel_amendment": line,
    "votes:cancel_recusal": recusal,
}
