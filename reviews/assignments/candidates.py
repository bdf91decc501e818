"""Whom an officer may add to a dossier by hand, and what it would do to their load."""

from collections import Counter
from typing import NamedTuple

from django.db.models import Sum
from django.utils.translation import gettext as _

from reviews.assignments.finding import people_in, usable_seats
from reviews.assignments.rules import house_limit
from reviews.assignments.statement import house_of
from reviews.assignments.tally import ReadingTally
from reviews.experts.models import Expertise


class Place(NamedTuple):
    """A usable seat of the call, before anybody is named."""

    pk: int
    expert: int
    capacity: int
    is_linked: bool
    level: int  # on the theme of the dossier
    best: int  # on any theme
    load: int

    @property
    def is_full(self):
        return self.load >= self.capacity


class Person(NamedTuple):
    """Who sits there, as far as the list tells."""

    seat: int
    pk: int
    full_name: str
    email: str
    organisation: str
    siren: str

    @property
    def name(self):
        return self.full_name or self.email


def for_dossier(dossier, readers):
    """Every usable seat of the call but those of `readers`, with its load.

    Those who can come first, then the closest to the theme, then the least busy. Seats are light
    here: only the people of the page shown are read.
    """
    loads = loads_of(dossier.call)
    reading = {reader.pk for reader in readers}
    rows = usable_seats(dossier.call_id, dossier.pk, dossier.theme_id)
    found = [Place(*row, loads.get(row[1], 0)) for row in rows if row[1] not in reading]
    return sorted(found, key=order)


def loads_of(call):
    """Readings each expert has in this call, also of dossiers their companies complete."""
    counted = ReadingTally.objects.filter(call=call).values_list("expert")
    return dict(counted.annotate(n=Sum("given")))


def order(place):
    held_back = place.is_linked or place.is_full
    return held_back, -place.level, -place.best, place.load, place.pk


def lines(call, places, readers):
    """The places of a page, with the people in them."""
    limit = house_limit(call)
    counted = Counter(map(house_of, readers))
    houses = {house for house, n in counted.items() if n >= limit}
    people = map(Person._make, people_in(*(place.pk for place in places)))
    seated = {person.seat: person for person in people}
    return [line(place, seated[place.pk], houses) for place in places]


def line(place, person, houses):
    return {
        "pk": str(person.pk),
        "name": person.name,
        "organisation": person.organisation,
        "level": Expertise.Level(place.level).label if place.level else "",
        "load": str(place.load),
        "after": str(place.load + 1),
        "capacity": str(place.capacity),
        "obstacle": obstacle(place, person, houses),
    }


def obstacle(place, person, houses):
    if place.is_linked:
        return _("Lien avec l’entreprise")
    if house_of(person) in houses:
        return _("Même organisme qu’un lecteur")
    return _("Charge pleine") if place.is_full else ""


def refusal_of(call, expert, beside, load):
    """Why this expert (from `expert_beside`) may not be given the dossier as well as these
    readers; empty when they may."""
    if expert in beside:
        return _("cet expert lit déjà ce dossier")
    if expert.is_linked:
        return _("lien avec l’entreprise")
    alike = sum(house_of(reader) == house_of(expert) for reader in beside)
    if alike >= house_limit(call):
        return _("un lecteur vient déjà du même organisme")
    if not expert.is_usable:
        return _("l’engagement n’est pas signé")
    return _("sa charge est pleine") if load.before >= load.most else ""
