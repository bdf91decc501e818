"""Whom an officer may add to a dossier by hand, and what it would do to their load."""

from collections import Counter

from django.db.models import Exists, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from reviews.assignments.rules import house_limit
from reviews.assignments.statement import house_of
from reviews.assignments.tally import ReadingTally
from reviews.experts.models import Expertise, Interest


def for_dossier(dossier, readers):
    """Every usable seat of the call but those of `readers`, with its load.

    Those who can come first, then the closest to the theme, then the least busy. Seats are light
    here: only the page shown is read whole.
    """
    loads = loads_of(dossier.call)
    links = Interest.objects.filter(expert=OuterRef("expert"), dossier=dossier)
    known = Expertise.objects.filter(expert=OuterRef("expert"))
    seats = (
        dossier.call.seats.usable()
        .exclude(expert__in=readers)
        .values("pk", "expert_id", "capacity")
        .annotate(
            is_linked=Exists(links.exclude(kind=Interest.Kind.NONE)),
            level=Coalesce(Subquery(known.filter(theme=dossier.theme_id).values("level")[:1]), 0),
            best=Coalesce(Subquery(known.order_by("-level").values("level")[:1]), 0),
        )
    )
    found = [{**seat, "load": loads.get(seat["expert_id"], 0)} for seat in seats]
    return sorted(found, key=order)


def loads_of(call):
    """Readings each expert has in this call, also of dossiers their companies complete."""
    counted = ReadingTally.objects.filter(call=call).values_list("expert")
    return dict(counted.annotate(n=Sum("given")))


def order(seat):
    held_back = seat["is_linked"] or seat["load"] >= seat["capacity"]
    return held_back, -seat["level"], -seat["best"], seat["load"], seat["pk"]


def lines(call, seats, readers):
    """The seats of a page, with the people in them."""
    limit = house_limit(call)
    counted = Counter(map(house_of, readers))
    houses = {house for house, n in counted.items() if n >= limit}
    people = call.seats.select_related("expert__user").in_bulk([seat["pk"] for seat in seats])
    return [line(seat, people[seat["pk"]].expert, houses) for seat in seats]


def line(seat, expert, houses):
    return {
        "pk": str(expert.pk),
        "name": str(expert),
        "organisation": expert.organisation,
        "level": Expertise.Level(seat["level"]).label if seat["level"] else "",
        "load": str(seat["load"]),
        "after": str(seat["load"] + 1),
        "capacity": str(seat["capacity"]),
        "obstacle": obstacle(seat, expert, houses),
    }


def obstacle(seat, expert, houses):
    if seat["is_linked"]:
        return _("Lien avec l’entreprise")
    if house_of(expert) in houses:
        return _("Même organisme qu’un lecteur")
    return _("Charge pleine") if seat["load"] >= seat["capacity"] else ""


def refusal_of(dossier, expert, beside, load):
    """Why this expert may not be given this dossier beside these readers; empty when they may."""
    if expert in beside:
        return _("cet expert lit déjà ce dossier")
    if dossier.interests.filter(expert=expert).exclude(kind=Interest.Kind.NONE).exists():
        return _("lien avec l’entreprise")
    alike = sum(house_of(reader) == house_of(expert) for reader in beside)
    if alike >= house_limit(dossier.call):
        return _("un lecteur vient déjà du même organisme")
    if not dossier.call.seats.usable().filter(expert=expert).exists():
        return _("l’engagement n’est pas signé")
    return _("sa charge est pleine") if load.before >= load.most else ""
