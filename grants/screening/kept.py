"""What screening keeps about a dossier, one prepared query each."""

from grants.core.prepared import prepared
from grants.dossiers.records import Attempt
from grants.programmes.checks import CheckLine
from grants.screening.models import Check, CompletionRequest


@prepared
def checks_of(dossier):
    return Check.objects.filter(dossier=dossier).select_related("checked_by")


@prepared
def requests_of(dossier):
    """First to last, each with whoever asked."""
    found = CompletionRequest.objects.filter(dossier=dossier)
    return found.select_related("asked_by").order_by("pk")


@prepared
def attempts_on(dossier):
    return Attempt.objects.filter(dossier=dossier).select_related("by")


@prepared
def own_lines_of(call):
    return CheckLine.objects.filter(call=call)
