"""Whom an officer may add to a dossier by hand, and what it would do to their load."""

from django.utils.translation import gettext as _

from reviews.assignments.affinity import affinity
from reviews.assignments.proposal import house_of
from reviews.experts.models import Interest


def for_dossier(dossier):
    """Every usable expert of the call, the closest first, with what stands in the way."""
    readers = [a.expert for a in dossier.assignments.active().select_related("expert")]
    conflicts = set(
        Interest.objects.filter(dossier=dossier)
        .exclude(kind=Interest.Kind.NONE)
        .values_list("expert", flat=True)
    )
    lines = [
        candidate(seat, dossier, readers, conflicts)
        for seat in dossier.call.seats.usable().for_pool()
        if seat.expert not in readers
    ]
    return sorted(lines, key=lambda line: (bool(line["obstacle"]), -line["affinity"], line["load"]))


def candidate(seat, dossier, readers, conflicts):
    known = {e.theme_id: e for e in seat.expert.expertise.all()}
    levels = {theme: e.level for theme, e in known.items()}
    on_theme = known.get(dossier.theme_id)
    return {
        "expert": seat.expert,
        "level": on_theme.get_level_display() if on_theme else "",
        "affinity": affinity(levels, dossier.theme_id),
        "load": seat.load,
        "after": seat.load + 1,
        "capacity": seat.capacity,
        "obstacle": obstacle(seat, readers, conflicts),
    }


def obstacle(seat, readers, conflicts):
    if seat.expert_id in conflicts:
        return _("Lien avec l’entreprise")
    if house_of(seat.expert) in map(house_of, readers):
        return _("Même organisme qu’un lecteur")
    return _("Charge pleine") if seat.load >= seat.capacity else ""
