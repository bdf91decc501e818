"""The delay of a dossier, from what the database knows of it."""

from django.utils import timezone

from grants.dossiers.states import FINISHED
from grants.screening.clock import Asked, clock


def clock_of(dossier, deposits, requests, today):
    """None once an express decision, or a withdrawal, has ended the delay."""
    if dossier.state in FINISHED or dossier.submitted_at is None:
        return None
    asked = asked_of(requests, deposits)
    return clock(timezone.localdate(dossier.submitted_at), asked, today=today)


def told_at(deposit, deposits, requests):
    """The day silence would refuse, as the receipt of this deposit has to say it."""
    until_then = [one for one in deposits if one.version <= deposit.version]
    before = [request for request in requests if request.asked_at < deposit.at]
    first = min(one.at for one in until_then)
    asked = asked_of(before, until_then)
    return clock(timezone.localdate(first), asked, today=timezone.localdate(deposit.at)).until


def asked_of(requests, deposits):
    return [
        Asked(
            on=timezone.localdate(request.asked_at),
            due_on=timezone.localdate(request.due_at),
            effect=request.effect,
            answered_on=answered_on(request, deposits),
        )
        for request in sorted(requests, key=lambda request: request.asked_at)
    ]


def answered_on(request, deposits):
    """The first deposit after the request."""
    after = [deposit.at for deposit in deposits if deposit.at > request.asked_at]
    return timezone.localdate(min(after)) if after else None
