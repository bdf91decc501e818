"""Whom an officer may add to a dossier by hand, and what it would do to their load."""

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from reviews.assignments.proposal import house_of
from reviews.experts.models import Expertise, Interest


def for_dossier(dossier, readers):
    """Every usable expert of the call but `readers`: those who can, the closest, the least busy."""
    links = Interest.objects.filter(expert=OuterRef("expert"), dossier=dossier)
    known = Expertise.objects.filter(expert=OuterRef("expert"))
    return (
        dossier.call.seats.usable()
        .for_load()
        .exclude(expert__in=readers)
        .annotate(
            is_linked=Exists(links.exclude(kind=Interest.Kind.NONE)),
            level=Subquery(known.filter(theme=dossier.theme_id).values("level")[:1]),
            best=Subquery(known.order_by("-level").values("level")[:1]),
        )
        .annotate(is_held_back=Q(is_linked=True) | Q(load__gte=F("capacity")))
        .order_by(
            "is_held_back",
            F("level").desc(nulls_last=True),
            F("best").desc(nulls_last=True),
            "load",
            "pk",
        )
    )


def lines(seats, readers):
    houses = {house_of(reader) for reader in readers}
    return [line(seat, houses) for seat in seats]


def line(seat, houses):
    return {
        "expert": seat.expert,
        "level": Expertise.Level(seat.level).label if seat.level else "",
        "load": seat.load,
        "after": seat.load + 1,
        "capacity": seat.capacity,
        "obstacle": obstacle(seat, houses),
    }


def obstacle(seat, houses):
    if seat.is_linked:
        return _("Lien avec l’entreprise")
    if house_of(seat.expert) in houses:
        return _("Même organisme qu’un lecteur")
    return _("Charge pleine") if seat.load >= seat.capacity else ""
