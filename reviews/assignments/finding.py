"""A dossier under review for the people of its programme, and who reads it: prepared queries."""

from grants.core.prepared import prepared
from grants.dossiers.models import Dossier
from grants.dossiers.states import RECEIVED
from grants.programmes.models import Call
from reviews.assignments.models import Assignment
from reviews.assignments.rules import Wish


@prepared
def followed(user, pk):
    calls = Call.objects.followed_by(user)
    return Dossier.objects.filter(call__in=calls, state__in=RECEIVED, pk=pk).for_detail()


@prepared
def readers_of(dossier):
    return Assignment.objects.filter(dossier=dossier).for_board()


@prepared
def readings_of(dossier):
    """The keys of its active readings."""
    return Assignment.objects.filter(dossier=dossier).active().values_list("pk", flat=True)


@prepared
def wishes_of(dossier):
    found = Wish.objects.filter(dossier=dossier)
    return found.select_related("expert__user", "set_by").order_by("pk")
