"""A dossier under review for the people of its programme, and who reads it: prepared queries."""

from django.db.models import Exists, OuterRef

from grants.core.prepared import prepared
from grants.dossiers.models import Dossier
from grants.dossiers.states import RECEIVED
from grants.programmes.models import Call
from reviews.assignments.models import Assignment
from reviews.assignments.rules import Wish
from reviews.experts.models import Expert, Interest, Seat
from reviews.links.models import DetectedLink


@prepared
def followed(user, pk):
    calls = Call.objects.followed_by(user)
    found = Dossier.objects.filter(call__in=calls, state__in=RECEIVED, pk=pk)
    return found.for_detail().select_related("call__assignment_rules")


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


@prepared
def expert_beside(call, dossier, pk):
    """An expert of the pool beside one dossier, and what could keep them from reading it."""
    seat = Seat.objects.filter(call=call, expert=OuterRef("pk"))
    beside = {"expert": OuterRef("pk"), "dossier": dossier}
    declared = Interest.objects.filter(**beside).exclude(kind=Interest.Kind.NONE)
    found = DetectedLink.objects.filter(**beside).standing()
    return (
        Expert.objects.filter(Exists(seat), pk=pk)
        .select_related("user")
        .prefetch_related("expertise")
        .annotate(
            is_linked=Exists(declared) | Exists(found),
            is_usable=Exists(seat.usable()),
        )
    )
