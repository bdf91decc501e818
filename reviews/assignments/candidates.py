"""Whom an officer may add to a dossier by hand, and what it would do to their load."""

from collections import Counter
from typing import NamedTuple

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from grants.core.planned import planned_cursor
from reviews.assignments.rules import house_limit
from reviews.assignments.statement import house_of
from reviews.experts.models import Expertise
from reviews.experts.permissions import LASTING
from reviews.links.states import STANDING

SEATS = 20
# Written by hand: loads are added up once for all, which the ORM would ask seat by seat, and names
# are read for those who are shown. `tests` hold it against what `Seat.usable` and the tally say.
ORDER = "is_linked OR load >= capacity, level DESC, load, seat"
ROWS = f"""
    WITH loads AS (
        SELECT expert_id, sum(given)::int AS load FROM reviews_readingtally
        WHERE call_id = %(call)s GROUP BY expert_id
    ), linked AS (
        SELECT expert_id FROM reviews_interest
        WHERE dossier_id = %(dossier)s AND kind <> 'none'
        UNION SELECT expert_id FROM reviews_detectedlink
        WHERE dossier_id = %(dossier)s AND state = ANY(%(standing)s)
    ), gone AS (
        SELECT expert.id FROM reviews_expert expert
        JOIN accounts_user person ON person.id = expert.user_id WHERE NOT person.is_active
    ), places AS (
        SELECT seat.id AS seat, seat.expert_id, seat.capacity,
            seat.expert_id IN (SELECT expert_id FROM linked) AS is_linked,
            coalesce(known.level, 0) AS level, coalesce(loads.load, 0) AS load
        FROM reviews_seat seat
        LEFT JOIN reviews_expertise known
            ON known.expert_id = seat.expert_id AND known.theme_id = %(theme)s
        LEFT JOIN loads ON loads.expert_id = seat.expert_id
        WHERE seat.call_id = %(call)s AND seat.declined_at IS NULL
        AND seat.undertaking_signed_at IS NOT NULL AND seat.expert_id <> ALL(%(readers)s)
        AND seat.expert_id NOT IN (SELECT id FROM gone)
    ), shown AS (
        SELECT *, count(*) OVER () AS seats FROM places
        ORDER BY {ORDER} LIMIT %(most)s OFFSET %(start)s
    )
    SELECT shown.expert_id, capacity, is_linked, level, load, person.full_name,
        person.email, expert.organisation, expert.siren, seats
    FROM shown JOIN reviews_expert expert ON expert.id = shown.expert_id
    JOIN accounts_user person ON person.id = expert.user_id
    ORDER BY {ORDER}
"""  # noqa: S608 - fixed text


class Place(NamedTuple):
    """A usable seat of the call, and who sits on it."""

    pk: int
    capacity: int
    is_linked: bool
    level: int  # on the theme of the dossier
    load: int
    full_name: str
    email: str
    organisation: str
    siren: str
    seats: int  # how many there are in all

    @property
    def name(self):
        return self.full_name or self.email

    @property
    def is_full(self):
        return self.load >= self.capacity


def page_for(dossier, readers, wanted):
    """A page of the usable seats of the call but those of `readers`: those who can come first,
    then the closest to the theme, then the least busy; and its places."""
    is_number = wanted.isascii() and wanted.isdigit() and len(wanted) < 6
    number = max(int(wanted), 1) if is_number else 1
    places = places_for(dossier, readers, number)
    if not places and number > 1:
        first = places_for(dossier, readers, 1)
        number = Paginator(range(first[0].seats), SEATS).num_pages if first else 1
        places = places_for(dossier, readers, number)
    page = Paginator(range(places[0].seats if places else 0), SEATS).get_page(number)
    return page, places


def places_for(dossier, readers, number):
    if dossier.call.state not in LASTING:
        return []
    asked = {
        "call": dossier.call_id,
        "dossier": dossier.pk,
        "theme": dossier.theme_id,
        "readers": [reader.pk for reader in readers],
        "standing": sorted(STANDING),
        "most": SEATS,
        "start": SEATS * (number - 1),
    }
    with planned_cursor() as cursor:
        cursor.execute(ROWS, asked)
        return [Place(*row) for row in cursor.fetchall()]


def lines(call, places, readers):
    """The places of a page as their table writes them."""
    limit = house_limit(call)
    counted = Counter(map(house_of, readers))
    houses = {house for house, n in counted.items() if n >= limit}
    return [line(place, houses) for place in places]


def line(place, houses):
    return {
        "pk": str(place.pk),
        "name": place.name,
        "organisation": place.organisation,
        "level": Expertise.Level(place.level).label if place.level else "",
        "load": str(place.load),
        "after": str(place.load + 1),
        "capacity": str(place.capacity),
        "obstacle": obstacle(place, houses),
    }


def obstacle(place, houses):
    if place.is_linked:
        return _("Lien avec l’entreprise")
    if house_of(place) in houses:
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
