"""The cast's decision, partly granted, and what its company says of it."""

from decimal import Decimal

from django.utils import timezone

from grants.appeals import operations
from grants.decisions.models import Decision
from tests.access.cast import Cast
from tests.access.scenes.decisions import scene_at


def no_object(state):
    return Cast(), [], {}


def decided():
    """Announced, with the half of what the dossier may receive."""
    cast, _envelope = scene_at("announced", amount=Decimal(50_000))
    return cast, Decision.objects.get(dossier=cast.dossier)


def dossier(state):
    cast, _decision = decided()
    fields = {
        "kind": "gracious",
        "grounds": "La note oublie nos clients.",
        "received_on": timezone.localdate().isoformat(),
    }
    return cast, [cast.dossier.pk], fields


def appeal(state):
    cast, decision = decided()
    made = operations.file(
        decision, kind="gracious", grounds="La note oublie nos clients.", actor=cast.applicant
    )
    fields = {
        "reject-reply": "La note est confirmée.",
        "grant-reply": "La note est corrigée.",
        "grant-amount": "60 000",
        "grant-body": "CP",
        "grant-held_on": timezone.localdate().isoformat(),
        "grant-number": "CP/9",
    }
    return cast, [made.pk], fields


SCENES = {
    "appeals:list": no_object,
    "appeals:new": dossier,
    **dict.fromkeys(
        ("appeals:appeal", "appeals:evidence", "appeals:reject", "appeals:grant"), appeal
    ),
    "appeals:withdraw": appeal,
}
