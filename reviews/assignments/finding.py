"""A dossier under review for the people of its programme, and who reads it: prepared queries."""

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from grants.core.prepared import prepared
from grants.dossiers.models import Dossier
from grants.dossiers.states import RECEIVED
from grants.programmes.models import Call
from reviews.assignments.models import Assignment
from reviews.assignments.rules import Wish
from reviews.experts.models import Expert, Expertise, Interest, Seat


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


def links_with(dossier):
    """Declared by the expert of a row."""
    declared = Interest.objects.filter(expert=OuterRef("expert"), dossier=dossier)
    return declared.exclude(kind=Interest.Kind.NONE)


@prepared
def expert_beside(call, dossier, pk):
    """An expert of the pool beside one dossier, and what could keep them from reading it."""
    seat = Seat.objects.filter(call=call, expert=OuterRef("pk"))
    linked = Interest.objects.filter(expert=OuterRef("pk"), dossier=dossier)
    return (
        Expert.objects.filter(Exists(seat), pk=pk)
        .select_related("user")
        .prefetch_related("expertise")
        .annotate(
            is_linked=Exists(linked.exclude(kind=Interest.Kind.NONE)),
            is_usable=Exists(seat.usable()),
        )
    )


@prepared
def usable_seats(call, dossier, theme):
    """Every place of the pool as a light row (`candidates.Place`), for a dossier on this theme."""
    known = Expertise.objects.filter(expert=OuterRef("expert"))
    level = known.filter(theme=theme).values("level")[:1]
    return (
        Seat.objects.usable()
        .filter(call=call)
        .order_by("pk")
        .values_list(
            "pk",
            "expert",
            "capacity",
            Exists(links_with(dossier)),
            Coalesce(Subquery(level), 0),
            Coalesce(Subquery(known.order_by("-level").values("level")[:1]), 0),
        )
    )


@prepared
def people_in(*seats):
    """Who sits on the seats of a page (`candidates.Person`)."""
    return Seat.objects.filter(pk__in=seats).values_list(
        "pk",
        "expert",
        "expert__user__full_name",
        "expert__user__email",
        "expert__organisation",
        "expert__siren",
    )
